/** Incidents that were lately looked at or will be next, so that opening one shows it at once. */
import { get } from "./api.ts";
import type { IncidentView } from "./types.ts";

const MOST = 40;
const held = new Map<string, Promise<IncidentView>>();

export function fetchCard(id: string, signal?: AbortSignal): Promise<IncidentView> {
  return get<IncidentView>(`incidents/${encodeURIComponent(id)}`, {}, signal);
}

/** Fetch an incident ahead, or keep one that has come. */
export function keepCard(id: string, card: Promise<IncidentView> = fetchCard(id)): void {
  held.delete(id);
  held.set(id, card);
  card.catch(() => held.delete(id));
  if (held.size > MOST) held.delete(held.keys().next().value!);
}

export function heldCard(id: string): Promise<IncidentView> | null {
  return held.get(id) ?? null;
}

/** After a judgement: that incident is another, or all may be. */
export function dropCards(id?: string): void {
  if (id === undefined) held.clear();
  else held.delete(id);
}
