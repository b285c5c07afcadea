/** A long list from the desk, fetched a page at a time as it is looked at. */
import { get } from "./api.ts";
import type { Page } from "./types.ts";

export const PAGE_SIZE = 60;
type Params = Record<string, string | number | boolean | null | undefined | string[]>;

export class Pages<Row> {
  total = $state(0);
  loaded = $state(false);
  error = $state.raw<Error | null>(null);
  #rows = $state.raw<Record<number, Row>>({});
  #asked = new Set<number>();
  #path = "";
  #params: Params = {};
  #run = 0;

  /** Begin anew with other filters. The old rows stay until the new ones have come. */
  async begin(path: string, params: Params): Promise<void> {
    this.#path = path;
    this.#params = params;
    this.#run += 1;
    const run = this.#run;
    try {
      const page = await get<Page<Row>>(path, { ...params, limit: PAGE_SIZE, offset: 0 });
      if (run !== this.#run) return;
      this.#asked = new Set([0]);
      this.#rows = Object.fromEntries(page.rows.map((row, n) => [n, row]));
      this.total = page.total;
      this.error = null;
      this.loaded = true;
    } catch (error) {
      if (run === this.#run) this.error = error instanceof Error ? error : new Error(String(error));
    }
  }

  row(index: number): Row | null {
    return this.#rows[index] ?? null;
  }

  set(index: number, row: Row): void {
    this.#rows = { ...this.#rows, [index]: row };
  }

  find(wanted: (row: Row) => boolean): number {
    for (const [index, row] of Object.entries(this.#rows)) if (wanted(row)) return Number(index);
    return -1;
  }

  need(first: number, last: number): void {
    if (!this.loaded) return;
    for (let page = Math.floor(first / PAGE_SIZE); page * PAGE_SIZE < Math.min(last, this.total); page += 1) {
      if (!this.#asked.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const run = this.#run;
    this.#asked.add(page);
    try {
      const found = await get<Page<Row>>(this.#path, { ...this.#params, limit: PAGE_SIZE, offset: page * PAGE_SIZE });
      if (run !== this.#run) return;
      const rows = { ...this.#rows };
      found.rows.forEach((row, n) => (rows[page * PAGE_SIZE + n] = row));
      this.#rows = rows;
    } catch (error) {
      this.#asked.delete(page);
      this.error = error instanceof Error ? error : new Error(String(error));
    }
  }
}
