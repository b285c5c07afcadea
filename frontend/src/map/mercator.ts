/** Web Mercator, as tiles have it: the world is a square from 0 to 1. */

export function worldX(lon: number): number {
  return (lon + 180) / 360;
}

export function worldY(lat: number): number {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function lonOf(x: number): number {
  return x * 360 - 180;
}

export function latOf(y: number): number {
  return (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
}

/** How many pixels a kilometre takes at a latitude, where the world is `size` pixels wide. */
export function pixelsPerKm(lat: number, size: number): number {
  return size / (40_075 * Math.cos((lat * Math.PI) / 180));
}
