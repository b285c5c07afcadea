/** All incidents as columns, filtered and counted in the browser so that every filter answers at once. */
import { dayNumber } from "../lib/words.ts";

export interface Columns {
  total: number;
  located: number;
  types: string[];
  id: string[];
  lat: (number | null)[];
  lon: (number | null)[];
  radius_km: (number | null)[];
  start: (string | null)[];
  end: (string | null)[];
  type: number[];
  place: (string | number | null)[];
  places?: (string | { name: string })[];
  killed: (number | null)[];
  reports: number[];
  state: string[];
  country?: (string | null)[];
  agents?: number[][];
  targets?: number[][];
  actors?: { id: string; name: string; kind: string }[];
}

export interface Wanted {
  from: number | null;
  to: number | null;
  types: Set<string>;
  actors: Set<string>;
  countries: Set<string>;
  places: Set<string>;
  states: Set<string>;
  killed: number | null;
}

export interface Facet {
  key: string;
  label: string;
  count: number;
}

export interface Found {
  rows: number[];
  types: Map<number, number>;
  actors: Map<number, number>;
  countries: Map<string, number>;
  places: Map<string, number>;
  states: Map<string, number>;
}

const TIME = 1;
const TYPE = 2;
const ACTOR = 4;
const COUNTRY = 8;
const PLACE = 16;
const STATE = 32;
const KILLED = 64;
/** no day: earlier than everything */
const NONE = -1_000_000;

export class Table {
  readonly n: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly place: string[];
  readonly who: number[][];
  readonly first: number;
  readonly last: number;
  readonly columns: Columns;

  constructor(columns: Columns) {
    this.columns = columns;
    this.n = columns.id.length;
    this.start = new Int32Array(this.n);
    this.end = new Int32Array(this.n);
    this.place = new Array<string>(this.n);
    this.who = new Array<number[]>(this.n);
    const days: number[] = [];
    for (let row = 0; row < this.n; row += 1) {
      const start = dayNumber(columns.start[row]) ?? dayNumber(columns.end[row]);
      const end = dayNumber(columns.end[row], true) ?? start;
      this.start[row] = start ?? NONE;
      this.end[row] = end ?? NONE;
      if (start !== null) days.push(start);
      const place = columns.place[row];
      const entry = typeof place === "number" ? columns.places?.[place] : place;
      this.place[row] = typeof entry === "object" ? (entry?.name ?? "") : (entry ?? "");
      this.who[row] = [...(columns.agents?.[row] ?? []), ...(columns.targets?.[row] ?? [])];
    }
    days.sort((a, b) => a - b);
    // a slip of a century in one report does not stretch the line of time for all
    const cut = days.length > 200 ? Math.floor(days.length * 0.002) : 0;
    this.first = days[cut] ?? 0;
    this.last = days[days.length - 1 - cut] ?? 1;
  }

  dated(row: number): boolean {
    return this.start[row] !== NONE;
  }

  actor(index: number): { id: string; name: string; kind: string } {
    return this.columns.actors?.[index] ?? { id: String(index), name: String(index), kind: "other" };
  }

  /** The rows that pass, and per facet how many would pass with each of its values. */
  find(wanted: Wanted): Found {
    const { columns } = this;
    const found: Found = { rows: [], types: new Map(), actors: new Map(), countries: new Map(), places: new Map(), states: new Map() };
    const types = new Set<number>();
    columns.types.forEach((name, n) => {
      if (wanted.types.has(name)) types.add(n);
    });
    const actors = new Set<number>();
    columns.actors?.forEach((actor, n) => {
      if (wanted.actors.has(actor.id)) actors.add(n);
    });
    const timed = wanted.from !== null || wanted.to !== null;
    const from = wanted.from ?? -Infinity;
    const to = wanted.to ?? Infinity;
    const add = <Key>(map: Map<Key, number>, key: Key): void => void map.set(key, (map.get(key) ?? 0) + 1);
    for (let row = 0; row < this.n; row += 1) {
      let miss = 0;
      if (timed && (this.start[row] === NONE || this.start[row]! > to || this.end[row]! < from)) miss |= TIME;
      const type = columns.type[row]!;
      if (wanted.types.size && !types.has(type)) miss |= TYPE;
      const who = this.who[row]!;
      if (wanted.actors.size && !who.some((one) => actors.has(one))) miss |= ACTOR;
      const country = columns.country?.[row] ?? "";
      if (wanted.countries.size && !wanted.countries.has(country)) miss |= COUNTRY;
      const place = this.place[row]!;
      if (wanted.places.size && !wanted.places.has(place)) miss |= PLACE;
      const state = columns.state[row]!;
      if (wanted.states.size && !wanted.states.has(state)) miss |= STATE;
      if (wanted.killed !== null && !((columns.killed[row] ?? -1) >= wanted.killed)) miss |= KILLED;
      if (!miss) found.rows.push(row);
      if (!miss || miss === TYPE) add(found.types, type);
      if (!miss || miss === ACTOR) for (const one of who) add(found.actors, one);
      if (country && (!miss || miss === COUNTRY)) add(found.countries, country);
      if (place && (!miss || miss === PLACE)) add(found.places, place);
      if (!miss || miss === STATE) add(found.states, state);
    }
    return found;
  }
}

export function most<Key>(map: Map<Key, number>, limit: number, label: (key: Key) => string, key: (key: Key) => string = String): Facet[] {
  return [...map].sort((a, b) => b[1] - a[1]).slice(0, limit).map(([value, count]) => ({ key: key(value), label: label(value), count }));
}

/** How time is cut for counting: days, weeks, months or years, so that there are some dozens of steps. */
export function binsOf(first: number, last: number): { bins: number[]; days: number; at: (day: number) => number } {
  const span = last - first + 1;
  if (span <= 100 || span <= 460) {
    const days = span <= 100 ? 1 : 7;
    const bins: number[] = [];
    for (let day = first; day <= last; day += days) bins.push(day);
    return { bins, days, at: (day) => Math.floor((day - first) / days) };
  }
  const monthly = span <= 366 * 12;
  const bins: number[] = [];
  const begin = new Date(first * 86_400_000);
  const [year, month] = [begin.getUTCFullYear(), monthly ? begin.getUTCMonth() : 0];
  for (let n = 0; n < 2000; n += 1) {
    const day = Math.round((monthly ? Date.UTC(year, month + n, 1) : Date.UTC(year + n, 0, 1)) / 86_400_000);
    if (day > last) break;
    bins.push(day);
  }
  const at = (day: number): number => {
    const date = new Date(day * 86_400_000);
    return monthly ? (date.getUTCFullYear() - year) * 12 + date.getUTCMonth() - month : date.getUTCFullYear() - year;
  };
  return { bins, days: monthly ? 30 : 365, at };
}
