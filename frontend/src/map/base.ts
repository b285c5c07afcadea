/** The shapes under the map: countries at three details, provinces of the countries in sight. Natural Earth. */
import { geoCentroid } from "d3-geo";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

export type Box = [west: number, south: number, east: number, north: number];

export interface Shape {
  name: string;
  feature: Feature<Polygon | MultiPolygon>;
  box: Box;
  size: number;
  label: [number, number];
}

export type Detail = "110m" | "50m" | "10m";

const countries = new Map<Detail, Promise<Shape[]>>();
const provinces = new Map<string, Promise<Shape[]>>();
// Natural Earth's own codes, where they are not ISO's
const NATURAL: Record<string, string> = { SSD: "sds", PSE: "psx", ESH: "sah", XKX: "kos", ROU: "rou", COD: "cod" };

async function shapes(url: string): Promise<Shape[]> {
  const response = await fetch(url);
  if (!response.ok) return [];
  const topology = (await response.json()) as Topology;
  const object = topology.objects.countries ?? Object.values(topology.objects)[0];
  if (!object || object.type !== "GeometryCollection") return [];
  const found: Shape[] = [];
  for (const one of feature(topology, object as GeometryCollection<{ name?: string }>).features) {
    if (one.geometry?.type !== "Polygon" && one.geometry?.type !== "MultiPolygon") continue;
    const geometry = one.geometry;
    const polygons: Position[][][] = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    let box: Box = [180, 90, -180, -90];
    let size = 0;
    let largest: Position[][] | null = null;
    for (const polygon of polygons) {
      const own = boxOf(polygon[0] ?? []);
      box = [Math.min(box[0], own[0]), Math.min(box[1], own[1]), Math.max(box[2], own[2]), Math.max(box[3], own[3])];
      const area = (own[2] - own[0]) * (own[3] - own[1]);
      if (area > size) {
        size = area;
        largest = polygon;
      }
    }
    if (!largest) continue;
    const label = geoCentroid({ type: "Polygon", coordinates: largest });
    found.push({ name: one.properties?.name ?? "", feature: one as Feature<Polygon | MultiPolygon>, box, size, label });
  }
  return found.sort((a, b) => b.size - a.size);
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

export function loadCountries(detail: Detail): Promise<Shape[]> {
  let known = countries.get(detail);
  if (!known) {
    known = shapes(`/data/countries-${detail}.json`);
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
