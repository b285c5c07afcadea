/** The words of a report cut where marks begin and end, so that each piece knows everything that is said of it. */
import type { Section, Words } from "./types.ts";

/** key: the words that name a fact. slot: the words of one of its values. says: the sentences that report it. */
export type MarkKind = "key" | "slot" | "says";

export interface Mark {
  start: number;
  end: number;
  unit: string;
  layer: string;
  kind: MarkKind;
}

export interface Piece {
  start: number;
  end: number;
  words: string;
  marks: Mark[];
  layers: string[];
  veiled: boolean;
}

export const LAYERS: { layer: string; code: string; label: string }[] = [
  { layer: "events", code: "ev", label: "Events" },
  { layer: "uncoded", code: "un", label: "Not coded" },
  { layer: "claims", code: "cl", label: "Statements" },
  { layer: "quantities", code: "fi", label: "Figures" },
  { layer: "actors", code: "ac", label: "Actors" },
  { layer: "places", code: "pl", label: "Places" },
  { layer: "timexes", code: "ti", label: "Dates" },
];
const CODES = new Map(LAYERS.map(({ layer, code }) => [layer, code]));

export function layerCode(layer: string): string {
  return CODES.get(layer) ?? "";
}

export function factUnit(section: string, id: string): string {
  return `${section}/${id}`;
}

export function slotUnit(section: string, id: string, slot: number): string {
  return `${section}/${id}#${slot}`;
}

/** Every mark of a record. A fact that was rejected marks nothing. */
export function marksOf(sections: Section[]): Mark[] {
  const marks: Mark[] = [];
  const add = (words: Words[], unit: string, layer: string, kind: MarkKind): void => {
    for (const { start, end } of words) if (end > start) marks.push({ start, end, unit, layer, kind });
  };
  for (const section of sections) {
    if (section.name === "rejected") continue;
    for (const fact of section.facts) {
      const unit = factUnit(section.name, fact.id);
      add(fact.key, unit, section.name, "key");
      add(fact.evidence, unit, section.name, "says");
      fact.slots.forEach((slot, n) => add(slot.evidence, slotUnit(section.name, fact.id, n), section.name, "slot"));
    }
  }
  return marks;
}

/** Cut text[start:end] at every mark and veil. */
export function piecesOf(text: string, marks: Mark[], veils: { start: number; end: number }[], start: number, end: number): Piece[] {
  const near = marks.filter((mark) => mark.start < end && mark.end > start).sort((a, b) => a.start - b.start);
  const covers = veils.filter((veil) => veil.start < end && veil.end > start);
  const cuts = new Set([start, end]);
  for (const mark of [...near, ...covers]) {
    if (mark.start > start) cuts.add(mark.start);
    if (mark.end < end) cuts.add(mark.end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let next = 0;
  let live: Mark[] = [];
  for (let n = 0; n + 1 < places.length; n += 1) {
    const from = places[n]!;
    const to = places[n + 1]!;
    live = live.filter((mark) => mark.end > from);
    while (next < near.length && near[next]!.start <= from) {
      if (near[next]!.end > from) live.push(near[next]!);
      next += 1;
    }
    const layers: string[] = [];
    for (const mark of live) {
      // a statement colours all that is said; of everything else only the words that name it are coloured
      const code = mark.kind === "key" ? layerCode(mark.layer) : "";
      if (code && !layers.includes(code)) layers.push(code);
    }
    pieces.push({
      start: from,
      end: to,
      words: text.slice(from, to),
      marks: live,
      layers,
      veiled: covers.some((veil) => veil.start <= from && veil.end >= to),
    });
  }
  return pieces;
}

/** The unit that a reader means who points at a piece: the one whose own words are shortest there. */
export function unitAt(piece: Piece): string | null {
  const rank: Record<MarkKind, number> = { key: 0, slot: 1, says: 2 };
  const best = [...piece.marks].sort((a, b) => rank[a.kind] - rank[b.kind] || a.end - a.start - (b.end - b.start))[0];
  return best ? best.unit : null;
}

/** The words of a text, as a reader counts them. */
export function wordsOf(text: string): { start: number; end: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.,:-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
  }));
}
