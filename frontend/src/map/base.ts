/** The shapes under the map: countries at three details, provinces of the countries in sight. Natural Earth. */
import { geoPath, geoTransform } from "d3-geo";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { worldX, worldY } from "./mercator.ts";

export type Box = [west: number, south: number, east: number, north: number];
export type Detail = "110m" | "50m" | "10m";
type Ground = Polygon | MultiPolygon;

/** Degrees as the square of the world, with nothing between two points but a straight line. */
const world = geoTransform({
  point(lon, lat) {
    this.stream.point(worldX(lon), worldY(lat));
  },
});

/** A country or province. Its outline is worked out when somebody first looks at it: most are never in sight. */
export class Shape {
  readonly name: string;
  readonly box: Box;
  readonly label: [number, number];
  readonly #decode: () => Ground;
  #path: Path2D | null = null;

  constructor(name: string, box: Box, label: [number, number], decode: () => Ground) {
    this.name = name;
    this.box = box;
    this.label = label;
    this.#decode = decode;
  }

  /** The outline in the square of the world, which a canvas brings to where it is seen. */
  get path(): Path2D {
    if (!this.#path) {
      this.#path = new Path2D();
      // a path takes what a drawing takes, but for its beginning
      geoPath(world, this.#path as unknown as CanvasRenderingContext2D)(this.#decode());
    }
    return this.#path;
  }

  /** The outline as the words of an SVG path, at a place and size in pixels. */
  svg(left: number, top: number, size: number): string {
    const placed = geoTransform({
      point(lon, lat) {
        this.stream.point(worldX(lon) * size + left, worldY(lat) * size + top);
      },
    });
    return geoPath(placed).digits(1)(this.#decode()) ?? "";
  }
}

const countries = new Map<Detail, Promise<Shape[]>>();
const provinces = new Map<string, Promise<Shape[]>>();
// Natural Earth's own codes, where they are not ISO's
const NATURAL: Record<string, string> = { SSD: "sds", PSE: "psx", ESH: "sah", XKX: "kos", ROU: "rou", COD: "cod" };

/** The shapes of a file. known: shapes whose boxes and labels serve for those of the same name here. */
async function shapes(url: string, known: Shape[] = []): Promise<Shape[]> {
  const response = await fetch(url);
  if (!response.ok) return [];
  const topology = (await response.json()) as Topology;
  const object = topology.objects.countries ?? Object.values(topology.objects)[0];
  if (!object || object.type !== "GeometryCollection") return [];
  const coarse = new Map(known.map((shape) => [shape.name, shape]));
  const found: { shape: Shape; size: number }[] = [];
  for (const one of (object as GeometryCollection<{ name?: string }>).geometries) {
    if (one.type !== "Polygon" && one.type !== "MultiPolygon") continue;
    const name = one.properties?.name ?? "";
    const decode = (): Ground => (feature(topology, one) as Feature<Ground>).geometry;
    const same = coarse.get(name);
    if (same) {
      const [west, south, east, north] = same.box;
      found.push({ shape: new Shape(name, [west - 0.5, south - 0.5, east + 0.5, north + 0.5], same.label, decode), size: (east - west) * (north - south) });
      continue;
    }
    const ground = decode();
    const polygons: Position[][][] = ground.type === "Polygon" ? [ground.coordinates] : ground.coordinates;
    let box: Box = [180, 90, -180, -90];
    let size = 0;
    let largest: Position[] | null = null;
    for (const polygon of polygons) {
      const own = boxOf(polygon[0] ?? []);
      box = [Math.min(box[0], own[0]), Math.min(box[1], own[1]), Math.max(box[2], own[2]), Math.max(box[3], own[3])];
      const area = (own[2] - own[0]) * (own[3] - own[1]);
      if (area > size) {
        size = area;
        largest = polygon[0]!;
      }
    }
    if (largest) found.push({ shape: new Shape(name, box, middle(largest), () => ground), size });
  }
  return found.sort((a, b) => b.size - a.size).map((one) => one.shape);
}

function boxOf(ring: Position[]): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon, lat] of ring as [number, number][]) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}

/** The centre of gravity of a ring, for its name. */
function middle(ring: Position[]): [number, number] {
  let [sum, lon, lat] = [0, 0, 0];
  for (let n = 0; n + 1 < ring.length; n += 1) {
    const [x0, y0] = ring[n] as [number, number];
    const [x1, y1] = ring[n + 1] as [number, number];
    const cross = x0 * y1 - x1 * y0;
    sum += cross;
    lon += (x0 + x1) * cross;
    lat += (y0 + y1) * cross;
  }
  return sum ? [lon / (3 * sum), lat / (3 * sum)] : [ring[0]?.[0] ?? 0, ring[0]?.[1] ?? 0];
}

export function loadCountries(detail: Detail): Promise<Shape[]> {
  let known = countries.get(detail);
  if (!known) {
    const url = `/data/countries-${detail}.json`;
    known = detail === "10m" ? loadCountries("50m").then((coarse) => shapes(url, coarse)) : shapes(url);
    countries.set(detail, known);
    known.catch(() => countries.delete(detail));
  }
  return known;
}

/** The provinces of a country, by its ISO code; none where nobody drew them. */
export function loadProvinces(country: string): Promise<Shape[]> {
  const code = NATURAL[country] ?? country.toLowerCase();
  if (!/^[a-z]{3}$/.test(code)) return Promise.resolve([]);
  let known = provinces.get(code);
  if (!known) {
    known = shapes(`/data/admin1/${code}.json`).catch(() => []);
    provinces.set(code, known);
  }
  return known;
}

export function overlaps(a: Box, b: Box): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}
