import type { DataTable } from "@notemill/html-export";
import {
  encodeJson,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  type RawJson,
} from "@notemill/json";
import { type ReactNode, useMemo, useState } from "react";
import { TableOutput } from "./table-output.tsx";

/** What a map says of its features, beside the picture of it: read once somebody wants to know. */
export function FeatureTable({ geo }: { readonly geo: RawJson }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="folded" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Properties</summary>
      {isOpen && <Properties geo={geo} />}
    </details>
  );
}

function Properties({ geo }: { readonly geo: RawJson }): ReactNode {
  const table = useMemo(() => featureTable(geo), [geo]);
  return table === undefined ? (
    <p className="note">Nothing is said of what is on this map.</p>
  ) : (
    <TableOutput table={table} isSampled={false} />
  );
}

/** The properties of the features of GeoJSON, a row for each feature; `undefined` where there are none. */
export function featureTable(geo: RawJson): DataTable | undefined {
  const value = parseJson(geo.text);
  const found = featuresOf(value).map((feature) => {
    const { properties } = feature;
    return isJsonObject(properties) ? properties : {};
  });
  const names = [...new Set(found.flatMap((it) => Object.keys(it)))].slice(0, MOST_COLUMNS);
  if (names.length === 0) return undefined;
  return {
    rowCount: found.length,
    columns: names.map((name) => ({
      name,
      isKey: false,
      isNumber: found.every((it) => isNothing(it[name]) || isNumber(it[name])),
    })),
    cells: (row) => names.map((name) => textOf(found[row]?.[name])),
  };
}

const MOST_COLUMNS = 200;

function featuresOf(value: JsonValue): readonly JsonObject[] {
  if (!isJsonObject(value)) return [];
  if (value["type"] === "Feature") return [value];
  const { features } = value;
  return Array.isArray(features) ? (features as readonly JsonValue[]).filter(isJsonObject) : [];
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}

function isNumber(value: JsonValue | undefined): boolean {
  return typeof value === "number" || value instanceof JsonNumber;
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : encodeJson(value);
}
