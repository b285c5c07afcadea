import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf, piecesOf, unitAt, wordsOf } from "../src/lib/highlight.ts";
import { dateWords, dayNumber, isoDay, placeWords, rangeWords } from "../src/lib/words.ts";
import { latOf, lonOf, pixelsPerKm, worldX, worldY } from "../src/map/mercator.ts";
import { binsOf, Table, windowOf } from "../src/situation/data.ts";

test("dates are written as far as they are known", () => {
  assert.equal(dateWords("2016-08-01", "2016-08-01"), "1 Aug 2016");
  assert.equal(dateWords("2016-08-01", "2016-08-31"), "Aug 2016");
  assert.equal(dateWords("2016-01-01", "2016-12-31"), "2016");
  assert.equal(dateWords("2016-08-01", "2016-08-03"), "1–3 Aug 2016");
  assert.equal(dateWords("2016-08-01", null), "since 1 Aug 2016");
  assert.equal(dateWords(null, null), "");
  assert.equal(isoDay(dayNumber("2016-02", true)!), "2016-02-29");
  assert.equal(dayNumber("soon"), null);
});

test("a figure says only what its words say", () => {
  assert.equal(rangeWords(12, null), "12+");
  assert.equal(rangeWords(null, 5), "up to 5");
  assert.equal(rangeWords(3, 5), "3–5");
  assert.equal(rangeWords(null, null), "");
  assert.equal(rangeWords(0, 0), "0");
});

test("places compared in lower case are shown as names", () => {
  assert.equal(placeWords("deir al-zor"), "Deir Al-Zor");
  assert.equal(placeWords("Mosul"), "Mosul");
});

const section = (name: string, facts: unknown[]) => ({ name, title: name, empty: "", facts }) as never;
const words = (text: string, quote: string) => ({ start: text.indexOf(quote), end: text.indexOf(quote) + quote.length, quote });
const fact = (id: string, key: unknown[], evidence: unknown[], slots: unknown[] = []) => ({ id, layer: "events", kind: "", title: "", note: "", key, evidence, slots, score: null, minor: false, related: [], judgements: [] });

test("pieces give the text back, also where emoji stand in it", () => {
  const text = "🚁 The army 😀 shelled the market of Idlib.";
  const key = words(text, "shelled");
  assert.equal(text.slice(key.start, key.end), "shelled");
  const marks = marksOf([section("events", [fact("e1", [key], [{ start: 0, end: text.length, quote: text }], [{ label: "attacker", value: "", note: "", field: "", index: 0, id: null, evidence: [words(text, "army 😀")] }])])]);
  const pieces = piecesOf(text, marks, [words(text, "market")], 0, text.length);
  assert.equal(pieces.map((piece) => piece.words).join(""), text);
  assert.deepEqual(pieces.filter((piece) => piece.veiled).map((piece) => piece.words), ["market"]);
  const shelled = pieces.find((piece) => piece.words === "shelled")!;
  assert.deepEqual(shelled.layers, ["ev"]);
  assert.equal(unitAt(shelled), "events/e1");
  assert.equal(unitAt(pieces.find((piece) => piece.words === "army 😀")!), "events/e1#0");
});

test("a rejected fact marks nothing", () => {
  assert.equal(marksOf([section("rejected", [fact("e1", [{ start: 0, end: 4, quote: "shot" }], [])])]).length, 0);
});

test("words are found for choosing them with the keyboard", () => {
  const text = "U.S.-backed forces, 1,200 strong, “took” the town.";
  assert.deepEqual(wordsOf(text).map(({ start, end }) => text.slice(start, end)), ["U.S.-backed", "forces", "1,200", "strong", "took", "the", "town"]);
});

test("the map's projection is its own inverse", () => {
  for (const [lon, lat] of [[16.6, 31.2], [-179, -60], [43.1, 36.3]] as const) {
    assert.ok(Math.abs(lonOf(worldX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(latOf(worldY(lat)) - lat) < 1e-9);
  }
  assert.ok(Math.abs(pixelsPerKm(0, 40_075) - 1) < 1e-9);
});

const columns = {
  total: 4, located: 3, types: ["air_strike", "shelling"], id: ["a", "b", "c", "d"], lat: [1, 2, 3, null], lon: [1, 2, 3, null], radius_km: [5, 5, 5, null],
  start: ["2016-08-01", "2016-08-05", null, "2016-09"], end: ["2016-08-02", "2016-08-05", null, "2016-09"], type: [0, 1, 0, 1], place: ["sirte", "sirte", "mosul", null],
  killed: [12, null, 3, 0], reports: [1, 1, 1, 1], state: ["accepted", "unreviewed", "unreviewed", "unreviewed"], country: ["LBY", "LBY", "IRQ", null],
  agents: [[0], [], [0], [1]], targets: [[1], [1], [], []], actors: [{ id: "USA", name: "United States", kind: "state" }, { id: "ISIS", name: "Islamic State", kind: "armed_group" }],
};
const none = { from: null, to: null, types: new Set<string>(), actors: new Set<string>(), countries: new Set<string>(), places: new Set<string>(), states: new Set<string>(), killed: null };

test("filters pass rows together and count each facet as if it were not set", () => {
  const table = new Table(columns);
  // by when they began; what has no date comes first
  assert.deepEqual(table.find(none).rows, [2, 0, 1, 3]);
  const found = table.find({ ...none, types: new Set(["air_strike"]), countries: new Set(["LBY"]) });
  assert.deepEqual(found.rows, [0]);
  assert.deepEqual([...found.types], [1, 1]);
  assert.deepEqual(table.countries.names, ["LBY", "IRQ"]);
  assert.deepEqual([...found.countries], [1, 1]);
  assert.deepEqual(table.gather([0, 1, 2]), [{ spot: 0, row: 0, count: 1, weight: 13 }, { spot: 1, row: 1, count: 1, weight: 1 }, { spot: 2, row: 2, count: 1, weight: 4 }]);
  // what has no date is in no window of time; unknown deaths are not zero
  assert.deepEqual(table.find({ ...none, from: dayNumber("2016-08-02"), to: dayNumber("2016-08-31") }).rows, [0, 1]);
  assert.deepEqual(table.find({ ...none, killed: 0 }).rows, [2, 0, 3]);
  assert.deepEqual(table.find({ ...none, actors: new Set(["ISIS"]) }).rows, [0, 1, 3]);
});

test("time is cut into some dozens of steps", () => {
  const day = (iso: string): number => dayNumber(iso)!;
  for (const [first, last] of [["2016-08-01", "2016-08-20"], ["2016-01-01", "2016-12-31"], ["2011-03-01", "2020-01-01"], ["1990-01-01", "2024-01-01"]] as const) {
    const { bins, at } = binsOf(day(first), day(last));
    assert.ok(bins.length >= 10 && bins.length <= 150, `${bins.length} bins`);
    assert.equal(at(day(first)), 0);
    assert.equal(at(day(last)), bins.length - 1);
  }
});

test("a slip of a century does not stretch the line of time", () => {
  const days = Array.from({ length: 100 }, (_, n) => 16000 + n * 10);
  assert.deepEqual(windowOf([-190000, ...days, 90000]), [16000, 16990]);
  assert.deepEqual(windowOf([16000]), [16000, 16000]);
  assert.deepEqual(windowOf([]), [0, 1]);
});
