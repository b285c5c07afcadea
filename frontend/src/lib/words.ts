/** Dates, figures and codes as people write them. */

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const DAY = 86_400_000;

/** Days since 1970 of an ISO date or its prefix; the end of the year or month where `end`. */
export function dayNumber(iso: string | null | undefined, end = false): number | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso ?? "");
  if (!found) return null;
  const year = Number(found[1]);
  const month = found[2] ? Number(found[2]) : end ? 12 : 1;
  const day = found[3] ? Number(found[3]) : end ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 1;
  const at = Date.UTC(year, month - 1, day);
  return Number.isNaN(at) ? null : Math.round(at / DAY);
}

export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** "Mon 1 Aug 2016"; a shorter date as far as it goes. */
export function dayWords(iso: string | null | undefined, weekday = false): string {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso ?? "");
  if (!found) return iso ?? "";
  const month = found[2] ? `${MONTHS[Number(found[2]) - 1] ?? found[2]} ` : "";
  if (!found[3]) return `${month}${found[1]}`;
  const name = weekday ? `${DAYS[new Date(`${found[0]}T00:00:00Z`).getUTCDay()]} ` : "";
  return `${name}${Number(found[3])} ${month}${found[1]}`;
}

/** An interval in words; "" where nothing is known. */
export function dateWords(start: string | null | undefined, end: string | null | undefined): string {
  if (!start && !end) return "";
  if (!start) return `until ${dayWords(end)}`;
  if (!end) return `since ${dayWords(start)}`;
  if (start === end) return dayWords(start);
  if (start.slice(5) === "01-01" && end.slice(5) === "12-31") {
    return start.slice(0, 4) === end.slice(0, 4) ? start.slice(0, 4) : `${start.slice(0, 4)}–${end.slice(0, 4)}`;
  }
  if (start.slice(0, 7) === end.slice(0, 7)) {
    const last = new Date(Date.UTC(Number(end.slice(0, 4)), Number(end.slice(5, 7)), 0)).getUTCDate();
    if (start.endsWith("-01") && Number(end.slice(8)) === last) return dayWords(start.slice(0, 7));
    return `${Number(start.slice(8))}–${dayWords(end)}`;
  }
  return `${dayWords(start)} – ${dayWords(end)}`;
}

// making one is slow, and a page writes thousands of numbers
const NUMBERS = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function numberWords(value: number): string {
  return NUMBERS.format(value);
}

/** A figure by its bounds: "3–5", "at least 12"; "" where nothing is known. */
export function rangeWords(low: number | null | undefined, high: number | null | undefined, best?: number | null): string {
  if (low != null && high != null) return low === high ? numberWords(low) : `${numberWords(low)}–${numberWords(high)}`;
  if (low != null) return `${numberWords(low)}+`;
  if (high != null) return `up to ${numberWords(high)}`;
  return best != null ? numberWords(best) : "";
}

/** "armed_group" is "Armed group". */
export function labelWords(code: string | null | undefined): string {
  const words = (code ?? "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function count(number: number, one: string, several = `${one}s`): string {
  return `${numberWords(number)} ${number === 1 ? one : several}`;
}

/** Places come in lower case where incidents are compared by them. */
export function placeWords(name: string | null | undefined): string {
  if (!name) return "";
  return name === name.toLowerCase() ? name.replace(/(^|[\s(-])\p{L}/gu, (letters) => letters.toUpperCase()) : name;
}

export function atWords(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return `${dayWords(iso)}, ${iso.slice(11, 16)}`;
}

let regions: Intl.DisplayNames | null | undefined;

/** Countries come as ISO alpha-3 codes; browsers name alpha-2 only, so codes stay codes where the API names none. */
export function countryWords(code: string | null | undefined, names: Record<string, string> = {}): string {
  if (!code) return "";
  if (names[code]) return names[code];
  if (code.length !== 2) return code;
  if (regions === undefined) regions = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames("en", { type: "region" }) : null;
  return regions?.of(code) ?? code;
}
