/** What a correction will make of a record, as far as that is plain, so that nobody waits to see it. */
import { desk } from "../lib/desk.svelte.ts";
import type { Fact, ReportView } from "../lib/types.ts";
import { layerOf } from "./corrections.ts";

type Correction = Record<string, unknown>;

/** The record with one fact as it will be; null where only the desk knows. */
export function guess(view: ReportView, target: { layer: string; id: string }, correction: Correction): ReportView | null {
  let known = false;
  const sections = view.sections.map((section) => {
    if (layerOf(section.name) !== target.layer || section.name === "rejected") return section;
    const facts = section.facts.flatMap((fact) => {
      if (fact.id !== target.id) return [fact];
      const next = changed(fact, correction);
      if (next === undefined) return [fact];
      known = true;
      return next === null ? [] : [next];
    });
    return { ...section, facts };
  });
  return known ? { ...view, sections } : null;
}

/** The fact as it will be, null where it goes, undefined where that is not plain. */
function changed(fact: Fact, correction: Correction): Fact | null | undefined {
  const at = (slot: Fact["slots"][number]): boolean => slot.field === "argument" && slot.index === correction.argument;
  switch (correction.kind) {
    case "type":
      return { ...fact, kind: desk.type(String(correction.type)) };
    case "reject":
      return null;
    case "drop_argument":
      return { ...fact, slots: fact.slots.filter((slot) => !at(slot)) };
    case "role":
      return { ...fact, slots: fact.slots.map((slot) => (at(slot) ? { ...slot, label: desk.label("roles", String(correction.role)) } : slot)) };
    case "actor": {
      const name = (correction.actor as { name?: string } | null)?.name;
      return name ? { ...fact, slots: fact.slots.map((slot) => (at(slot) ? { ...slot, value: name } : slot)) } : undefined;
    }
    default:
      return undefined;
  }
}
