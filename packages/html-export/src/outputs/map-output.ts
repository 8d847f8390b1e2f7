import { isJsonObject, type JsonObject, JsonNumber, type JsonValue } from "@notemill/json";
import { escapeAttribute } from "../escape-html.ts";
import { svgSource } from "../markup/image-source.ts";
import { listAt, objectAt, readRawJson, textAt } from "../read-json.ts";
import { activeType } from "./active-types.ts";
import { type Bundle, bundleJson } from "./bundle.ts";
import { note } from "./note.ts";

/** The most points that are drawn. */
const MOST_POINTS = 100_000;

const WIDTH = 640;
const HIGHEST = 480;
const MARGIN = 8;

type Point = readonly [longitude: number, latitude: number];

/** What a geometry consists of: rings and lines, and single points. */
interface Shapes {
  readonly areas: Point[][][];
  readonly lines: Point[][];
  readonly points: Point[];
  left: number;
}

/**
 * Draws GeoJSON as a picture without a map beneath it, which would have to be loaded;
 * `undefined` where there is none, or nothing in it to draw.
 */
export function renderMap(bundle: Bundle): string | undefined {
  const type = Object.keys(bundle.data).find((it) => /^application\/(?:vnd\.)?geo\+json$/.test(it));
  const raw = type === undefined ? undefined : bundleJson(bundle, type);
  const geo = raw && readRawJson(raw);
  if (type === undefined || !isJsonObject(geo)) return undefined;
  const shapes: Shapes = { areas: [], lines: [], points: [], left: MOST_POINTS };
  collect(geo, shapes, 0);
  const source = draw(shapes);
  if (source === undefined) return undefined;
  const what = activeType(type)?.describe?.(geo) ?? "";
  const alt = escapeAttribute(`Map${what === "" ? "" : ` of ${what}`}`);
  const cut = shapes.left < 0 ? note("Only a part of this map is drawn.") : "";
  return `<img class="picture" src="${escapeAttribute(source)}" alt="${alt}">${cut}`;
}

function collect(geo: JsonObject, shapes: Shapes, depth: number): void {
  if (depth > 20 || shapes.left < 0) return;
  const inner = [...listAt(geo, "features"), ...listAt(geo, "geometries"), objectAt(geo, "geometry")];
  for (const it of inner) if (isJsonObject(it) && Object.keys(it).length > 0) collect(it, shapes, depth + 1);
  const coordinates = listAt(geo, "coordinates");
  switch (textAt(geo, "type")) {
    case "Point":
      shapes.points.push(...pointsOf([coordinates], shapes));
      break;
    case "MultiPoint":
      shapes.points.push(...pointsOf(coordinates, shapes));
      break;
    case "LineString":
      shapes.lines.push(pointsOf(coordinates, shapes));
      break;
    case "MultiLineString":
      for (const line of coordinates) shapes.lines.push(pointsOf(listOf(line), shapes));
      break;
    case "Polygon":
      shapes.areas.push(coordinates.map((ring) => pointsOf(listOf(ring), shapes)));
      break;
    case "MultiPolygon":
      for (const area of coordinates)
        shapes.areas.push(listOf(area).map((ring) => pointsOf(listOf(ring), shapes)));
      break;
    default:
  }
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function pointsOf(values: readonly JsonValue[], shapes: Shapes): Point[] {
  return values.flatMap((value) => {
    const [longitude = Number.NaN, latitude = Number.NaN] = listOf(value).map(numberOf);
    shapes.left -= 1;
    const isPlace = Number.isFinite(longitude) && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 540;
    return isPlace && shapes.left >= 0 ? [[longitude, latitude] as const] : [];
  });
}

function numberOf(value: JsonValue): number {
  return value instanceof JsonNumber ? value.toNumber() : typeof value === "number" ? value : Number.NaN;
}

/** A picture of shapes, north above, with lengths as they are in their middle. */
function draw({ areas, lines, points }: Shapes): string | undefined {
  const all = [...areas.flat(2), ...lines.flat(), ...points];
  const [first] = all;
  if (first === undefined) return undefined;
  let [west, north] = first;
  let [east, south] = first;
  for (const [longitude, latitude] of all) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  const squeeze = Math.max(0.05, Math.cos(((north + south) / 2) * (Math.PI / 180)));
  const wide = Math.max((east - west) * squeeze, 1e-6);
  const high = Math.max(north - south, 1e-6);
  const scale = Math.min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high);
  const place = ([longitude, latitude]: Point): string =>
    `${round(MARGIN + (longitude - west) * squeeze * scale)} ${round(MARGIN + (north - latitude) * scale)}`;
  const path = (line: readonly Point[], end: string): string =>
    line.length === 0 ? "" : `M${line.map(place).join("L")}${end}`;
  const width = Math.ceil(Math.min(WIDTH, wide * scale + 2 * MARGIN));
  const height = Math.ceil(Math.min(HIGHEST, high * scale + 2 * MARGIN));
  const parts = [
    ...areas.map(
      (rings) => `<path fill-rule="evenodd" d="${rings.map((ring) => path(ring, "Z")).join("")}"/>`,
    ),
    ...lines.map((line) => `<path fill="none" d="${path(line, "")}"/>`),
    ...points.map((point) => {
      const [x = "", y = ""] = place(point).split(" ");
      return `<circle cx="${x}" cy="${y}" r="4"/>`;
    }),
  ];
  return svgSource(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><g fill="#1a8f95" fill-opacity="0.3" stroke="#1a8f95" stroke-width="1.5" stroke-linejoin="round">${parts.join("")}</g></svg>`,
  );
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
