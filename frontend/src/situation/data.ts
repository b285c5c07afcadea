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

/** The rows that pass, by when they began; and per facet how many would pass with each of its values, by their numbers. */
export interface Found {
  rows: number[];
  types: Int32Array;
  actors: Int32Array;
  countries: Int32Array;
  places: Int32Array;
  states: Int32Array;
  /** over the whole line of time, in STEPS steps, also what lies outside the window */
  outline: number[];
}

export const STEPS = 120;
const TIME = 1;
const TYPE = 2;
const ACTOR = 4;
const COUNTRY = 8;
const PLACE = 16;
const STATE = 32;
const KILLED = 64;
/** no day: earlier than everything */
const NONE = -1_000_000;

/** Values as numbers: what is said often is said once. */
class Numbered {
  readonly names: string[] = [];
  readonly of: Int32Array;
  readonly #known = new Map<string, number>();

  constructor(rows: number) {
    this.of = new Int32Array(rows).fill(-1);
  }

  put(row: number, name: string): void {
    let number = this.#known.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#known.set(name, number);
    }
    this.of[row] = number;
  }

  /** Which numbers are wanted; null where all are. */
  wanted(names: Set<string>): Uint8Array | null {
    if (!names.size) return null;
    const flags = new Uint8Array(this.names.length);
    for (const name of names) {
      const number = this.#known.get(name);
      if (number !== undefined) flags[number] = 1;
    }
    return flags;
  }
}

export class Table {
  readonly n: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly places: Numbered;
  readonly countries: Numbered;
  readonly states: Numbered;
  readonly who: number[][];
  /** rows by when they began; those without a date come first */
  readonly order: Int32Array;
  /** rows at one and the same point share a spot; -1 where a row is nowhere */
  readonly spot: Int32Array;
  /** the first row of each spot */
  readonly spots: number[];
  readonly first: number;
  readonly last: number;
  readonly columns: Columns;

  constructor(columns: Columns) {
    this.columns = columns;
    this.n = columns.id.length;
    this.start = new Int32Array(this.n);
    this.end = new Int32Array(this.n);
    this.places = new Numbered(this.n);
    this.countries = new Numbered(this.n);
    this.states = new Numbered(this.n);
    this.who = new Array<number[]>(this.n);
    const days: number[] = [];
    for (let row = 0; row < this.n; row += 1) {
      const start = dayNumber(columns.start[row]) ?? dayNumber(columns.end[row]);
      const end = columns.end[row] === columns.start[row] && columns.start[row]?.length === 10 ? start : (dayNumber(columns.end[row], true) ?? start);
      this.start[row] = start ?? NONE;
      this.end[row] = end ?? NONE;
      if (start !== null) days.push(start);
      const place = columns.place[row];
      const entry = typeof place === "number" ? columns.places?.[place] : place;
      const name = typeof entry === "object" ? (entry?.name ?? "") : (entry ?? "");
      if (name) this.places.put(row, name);
      const country = columns.country?.[row];
      if (country) this.countries.put(row, country);
      this.states.put(row, columns.state[row] ?? "unreviewed");
      this.who[row] = [...new Set([...(columns.agents?.[row] ?? []), ...(columns.targets?.[row] ?? [])])];
    }
    this.order = Int32Array.from({ length: this.n }, (_, row) => row).sort((a, b) => this.start[a]! - this.start[b]! || a - b);
    this.spot = new Int32Array(this.n).fill(-1);
    this.spots = [];
    const points = new Map<string, number>();
    for (let row = 0; row < this.n; row += 1) {
      const lat = columns.lat[row];
      const lon = columns.lon[row];
      if (lat == null || lon == null) continue;
      const key = `${lat} ${lon} ${columns.radius_km[row] ?? ""}`;
      let spot = points.get(key);
      if (spot === undefined) {
        spot = this.spots.push(row) - 1;
        points.set(key, spot);
      }
      this.spot[row] = spot;
    }
    [this.first, this.last] = windowOf(days);
  }

  dated(row: number): boolean {
    return this.start[row] !== NONE;
  }

  place(row: number): string {
    return this.places.names[this.places.of[row]!] ?? "";
  }

  country(row: number): string {
    return this.countries.names[this.countries.of[row]!] ?? "";
  }

  actor(index: number): { id: string; name: string; kind: string } {
    return this.columns.actors?.[index] ?? { id: String(index), name: String(index), kind: "other" };
  }

  /** The spots where rows are: how many, how many killed, and the row that weighs most. */
  gather(rows: number[]): { spot: number; row: number; count: number; weight: number }[] {
    const count = new Int32Array(this.spots.length);
    const weight = new Float64Array(this.spots.length);
    const best = new Int32Array(this.spots.length).fill(-1);
    const used: number[] = [];
    for (const row of rows) {
      const spot = this.spot[row]!;
      if (spot < 0) continue;
      const killed = 1 + (this.columns.killed[row] ?? 0);
      if (!count[spot]) used.push(spot);
      count[spot]! += 1;
      weight[spot]! += killed;
      if (best[spot]! < 0 || killed > 1 + (this.columns.killed[best[spot]!] ?? 0)) best[spot] = row;
    }
    return used.map((spot) => ({ spot, row: best[spot]!, count: count[spot]!, weight: weight[spot]! }));
  }

  find(wanted: Wanted): Found {
    const { columns, start, end, who } = this;
    const counts = (names: ArrayLike<unknown>): Int32Array => new Int32Array(names.length);
    const found: Found = {
      rows: [], types: counts(columns.types), actors: counts(columns.actors ?? []), countries: counts(this.countries.names), places: counts(this.places.names),
      states: counts(this.states.names), outline: new Array<number>(STEPS).fill(0),
    };
    const span = Math.max(1, this.last - this.first + 1);
    const flags = (listed: ArrayLike<string>, names: Set<string>): Uint8Array | null => (names.size ? Uint8Array.from(listed, (name) => (names.has(name) ? 1 : 0)) : null);
    const types = flags(columns.types, wanted.types);
    const actors = flags((columns.actors ?? []).map((actor) => actor.id), wanted.actors);
    const countries = this.countries.wanted(wanted.countries);
    const places = this.places.wanted(wanted.places);
    const states = this.states.wanted(wanted.states);
    const timed = wanted.from !== null || wanted.to !== null;
    const from = wanted.from ?? -Infinity;
    const to = wanted.to ?? Infinity;
    const killed = wanted.killed;
    for (const row of this.order) {
      let miss = 0;
      if (timed && (start[row] === NONE || start[row]! > to || end[row]! < from)) miss = TIME;
      const type = columns.type[row]!;
      const country = this.countries.of[row]!;
      const place = this.places.of[row]!;
      const state = this.states.of[row]!;
      const names = who[row]!;
      if (types && !types[type]) miss |= TYPE;
      if (actors && !names.some((one) => actors[one])) miss |= ACTOR;
      if (countries && !countries[country]) miss |= COUNTRY;
      if (places && !places[place]) miss |= PLACE;
      if (states && !states[state]) miss |= STATE;
      if (killed !== null && !((columns.killed[row] ?? -1) >= killed)) miss |= KILLED;
      if (!miss) found.rows.push(row);
      if (!miss || miss === TIME) {
        const step = Math.floor(((start[row]! - this.first) / span) * STEPS);
        if (step >= 0 && step < STEPS) found.outline[step]! += 1;
      }
      if (!miss || miss === TYPE) found.types[type]! += 1;
      if (!miss || miss === ACTOR) for (const one of names) found.actors[one]! += 1;
      if (country >= 0 && (!miss || miss === COUNTRY)) found.countries[country]! += 1;
      if (place >= 0 && (!miss || miss === PLACE)) found.places[place]! += 1;
      if (!miss || miss === STATE) found.states[state]! += 1;
    }
    return found;
  }
}

/** The first and last day to show: a slip of a century in one report does not stretch the line of time for all. */
export function windowOf(days: number[]): [number, number] {
  if (!days.length) return [0, 1];
  const sorted = [...days].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  // most of what is told, and as much again on either side where something was
  const [low, high] = [at(0.05), at(0.95)];
  const room = Math.max(366, high - low);
  return [sorted.find((day) => day >= low - room)!, sorted.findLast((day) => day <= high + room)!];
}

/** The values that most rows have. */
export function most(counts: Int32Array, limit: number, key: (number: number) => string, label: (key: string, number: number) => string): Facet[] {
  const used: number[] = [];
  counts.forEach((count, number) => {
    if (count) used.push(number);
  });
  return used.sort((a, b) => counts[b]! - counts[a]!).slice(0, limit).map((number) => ({ key: key(number), label: label(key(number), number), count: counts[number]! }));
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
