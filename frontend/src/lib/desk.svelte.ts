/** What every page shares: who is at the desk, and the vocabulary. */
import { get, setToken } from "./api.ts";
import type { Named, Session, Vocabulary } from "./types.ts";
import { labelWords } from "./words.ts";

const STATES: Record<string, string> = {
  unreviewed: "Unreviewed",
  in_review: "In review",
  accepted: "Accepted",
  rejected: "Rejected",
  second_look: "Second look",
};

const REASONS = [
  "The words were misread",
  "Not about this event",
  "Not an event of the conflict",
  "Counted already in another record",
  "Rumour, or without a source",
];

class Desk {
  session = $state.raw<Session | null>(null);
  vocabulary = $state.raw<Vocabulary | null>(null);
  #labels = new Map<string, string>();
  #parents = new Map<string, string>();

  async start(): Promise<void> {
    const [session, vocabulary] = await Promise.all([get<Session>("session"), get<Vocabulary>("vocabulary")]);
    setToken(session.csrf);
    this.#labels = new Map();
    for (const [group, listed] of Object.entries(vocabulary)) {
      if (!Array.isArray(listed)) continue;
      for (const entry of listed as (Named | string)[]) {
        if (typeof entry === "object" && "name" in entry) this.#labels.set(`${group}/${entry.name}`, entry.label);
      }
    }
    this.#parents = new Map(vocabulary.types.map((type) => [type.name, type.parent]));
    this.session = session;
    this.vocabulary = vocabulary;
  }

  async refresh(): Promise<void> {
    const session = await get<Session>("session");
    setToken(session.csrf);
    this.session = session;
  }

  label(group: keyof Vocabulary, name: string | null | undefined): string {
    return this.#labels.get(`${group}/${name}`) ?? labelWords(name);
  }

  type(name: string | null | undefined): string {
    return this.label("types", name);
  }

  parent(type: string): string {
    return this.#parents.get(type) ?? "";
  }

  state(name: string): string {
    return STATES[name] ?? labelWords(name);
  }

  country(code: string | null | undefined): string {
    return (code && this.vocabulary?.countries?.[code]) || code || "";
  }

  /** What people usually say who reject something. */
  readonly reasons = REASONS;

  get stances(): Named[] {
    const listed = this.vocabulary?.stances ?? ["asserts", "denies", "confirms", "accuses", "promises", "warns", "declines", "unknown"];
    return listed.map((one) => (typeof one === "string" ? { name: one, label: labelWords(one) } : one));
  }
}

export const desk = new Desk();
