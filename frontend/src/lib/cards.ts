/** Records that were lately looked at or will be next, so that opening one shows it at once. */
import { get } from "./api.ts";
import type { IncidentView, ReportView } from "./types.ts";

const MOST = 40;

class Cards<View> {
  readonly #held = new Map<string, Promise<View>>();
  readonly #ask: (id: string, signal?: AbortSignal) => Promise<View>;

  constructor(ask: (id: string, signal?: AbortSignal) => Promise<View>) {
    this.#ask = ask;
  }

  fetch(id: string, signal?: AbortSignal): Promise<View> {
    return this.#ask(id, signal);
  }

  /** Fetch a record ahead, or keep one that has come. */
  keep(id: string, card: Promise<View> = this.#ask(id)): void {
    this.#held.delete(id);
    this.#held.set(id, card);
    card.catch(() => this.#held.delete(id));
    if (this.#held.size > MOST) this.#held.delete(this.#held.keys().next().value!);
  }

  held(id: string): Promise<View> | null {
    return this.#held.get(id) ?? null;
  }

  /** After a judgement: one is another, or all may be. */
  drop(id?: string): void {
    if (id === undefined) this.#held.clear();
    else this.#held.delete(id);
  }
}

export const incidents = new Cards<IncidentView>((id, signal) => get(`incidents/${encodeURIComponent(id)}`, {}, signal));
export const reports = new Cards<ReportView>((id, signal) => get(`reports/${encodeURIComponent(id)}`, {}, signal));

export function dropCards(incident?: string): void {
  incidents.drop(incident);
  if (incident === undefined) reports.drop();
}
