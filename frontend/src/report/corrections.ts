/** Which corrections a fact or one of its values takes. */
import type { Fact, Slot } from "../lib/types.ts";

export type Kind =
  | "type" | "factuality" | "role" | "actor" | "drop_argument" | "add_argument" | "place" | "date" | "figure" | "add_figure"
  | "stance" | "identity" | "merge" | "split" | "reject" | "sensitive" | "mentions";

export interface Choice {
  kind: Kind;
  label: string;
  slot: Slot | null;
}

const OF_FACT: Record<string, [Kind, string][]> = {
  events: [
    ["type", "Change the type"], ["factuality", "Whether it happened"], ["place", "Where it happened"], ["date", "When it happened"],
    ["add_argument", "Add who or what took part"], ["add_figure", "Add a figure"], ["merge", "Merge with another event"],
    ["split", "Split by its words"], ["reject", "Reject"],
  ],
  claims: [["actor", "Who says so"], ["stance", "Change the stance"], ["reject", "Reject"]],
  quantities: [["figure", "Correct the figure"], ["reject", "Reject"]],
  actors: [
    ["identity", "Name, kind, gazetteer entry"], ["merge", "Merge with another actor"], ["split", "Split off some mentions"],
    ["mentions", "Merge or cut mentions"], ["sensitive", "Hide from exports, or show again"], ["reject", "Reject"],
  ],
  places: [["place", "Where this is"], ["reject", "Reject"]],
  timexes: [["reject", "Reject"]],
  relations: [["reject", "Reject"]],
  control: [["reject", "Reject"]],
  decisions: [["reject", "Reject"]],
};

/** The layer of the record that a section's facts belong to. */
export function layerOf(section: string): string {
  return section === "uncoded" ? "events" : section;
}

export function choicesFor(section: string, fact: Fact, slot: Slot | null): Choice[] {
  const layer = layerOf(section);
  if (section === "rejected") return [];
  if (slot) {
    switch (slot.field) {
      case "argument":
        return [
          { kind: "actor", label: "Somebody else", slot }, { kind: "role", label: "Another role", slot },
          { kind: "drop_argument", label: "Took no part", slot },
        ];
      case "place":
        return [{ kind: "place", label: "Where", slot }];
      case "date":
        return [{ kind: "date", label: "When", slot }];
      case "figure":
        return [{ kind: "figure", label: "How many", slot }, { kind: "reject", label: "No figure of this", slot }];
      case "factuality":
        return [{ kind: "factuality", label: "Whether it happened", slot }];
      case "speaker":
        return layer === "claims" ? [{ kind: "actor", label: "Who says so", slot }] : [];
      default:
        break;
    }
  }
  const choices = (OF_FACT[layer] ?? [["reject", "Reject"]]).map(([kind, label]) => ({ kind, label, slot: null }));
  return fact.layer === "events" || choices.length ? choices : [];
}
