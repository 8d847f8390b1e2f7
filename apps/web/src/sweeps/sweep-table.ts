import type { SweepChild } from "@notemill/api";
import { encodeJson, isJsonObject, JsonNumber, type JsonValue, parseJson } from "@notemill/json";

/** One run of a sweep, as a row. A plain value. */
export interface SweepRow {
  readonly index: number;
  readonly runId: string | null;
  readonly status: SweepChild["status"];
  /** An earlier sweep has made it. */
  readonly isKept: boolean;
  /** What the run was given, by name, as text. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, number>;
  readonly seconds: number | null;
  /** Why it did not succeed. */
  readonly problem: string | null;
}

/** A sweep as rows, and what is worth a column. */
export interface SweepTable {
  readonly rows: readonly SweepRow[];
  /** Names of the parameters that are not the same in every row, in their order. */
  readonly varied: readonly string[];
  /** Names of what the notebooks recorded. */
  readonly metrics: readonly string[];
}

/** Makes the table of a sweep. */
export function sweepTable(children: readonly SweepChild[]): SweepTable {
  const rows = children.map(rowOf);
  const names = new Set(rows.flatMap(({ parameters }) => [...parameters.keys()]));
  const [first] = rows;
  const varied = [...names].filter((name) =>
    rows.some(({ parameters }) => parameters.get(name) !== first?.parameters.get(name)),
  );
  const metrics = [...new Set(rows.flatMap((row) => [...row.metrics.keys()]))];
  return { rows, varied, metrics };
}

function rowOf(child: SweepChild): SweepRow {
  const { ename, evalue, message } = child.failure ?? {};
  const isShown = ename !== undefined && ename !== null && ename !== "";
  const problem = isShown ? `${ename}: ${evalue ?? ""}` : (message ?? null);
  return {
    index: child.index,
    runId: child.run_id,
    status: child.status,
    isKept: child.is_kept,
    parameters: new Map(entriesOf(child.parameters.text).map(([name, value]) => [name, textOf(value)])),
    metrics: new Map(
      entriesOf(child.metrics?.text ?? "{}").flatMap(([name, value]) => {
        const number = value instanceof JsonNumber ? value.toNumber() : value;
        return typeof number === "number" ? [[name, number] as const] : [];
      }),
    ),
    seconds: child.seconds,
    problem,
  };
}

/** The rows by two of their parameters: each cell has those that have both values. */
export interface SweepMatrix {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly value: string; readonly cells: readonly (readonly SweepRow[])[] }[];
}

/** Puts rows into a matrix. Values are in the order in which the sweep has them. */
export function sweepMatrix(
  rows: readonly SweepRow[],
  { down, across }: { readonly down: string; readonly across: string },
): SweepMatrix {
  const valueOf = (row: SweepRow, name: string): string => row.parameters.get(name) ?? "";
  const columns = [...new Set(rows.map((row) => valueOf(row, across)))];
  const values = [...new Set(rows.map((row) => valueOf(row, down)))];
  const cells = new Map<string, SweepRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([valueOf(row, down), valueOf(row, across)]);
    const list = cells.get(key);
    if (list === undefined) cells.set(key, [row]);
    else list.push(row);
  }
  return {
    columns,
    rows: values.map((value) => ({
      value,
      cells: columns.map((column) => cells.get(JSON.stringify([value, column])) ?? []),
    })),
  };
}

/** By what a table is sorted: the place in the sweep, a parameter, a metric, or what else there is. */
export interface SweepOrder {
  readonly by: string;
  readonly direction: "up" | "down";
}

/** Sorts rows. Numbers go by their size, and what is not there goes last. */
export function sortRows(rows: readonly SweepRow[], { by, direction }: SweepOrder): readonly SweepRow[] {
  const sign = direction === "up" ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [keyOf(a, by), keyOf(b, by)];
    if (x === null || y === null) return x === y ? a.index - b.index : x === null ? 1 : -1;
    const isBoth = typeof x === "number" && typeof y === "number";
    const compared = isBoth ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
    return compared === 0 ? a.index - b.index : sign * compared;
  });
}

function keyOf(row: SweepRow, by: string): number | string | null {
  if (by === "#") return row.index;
  if (by === "status") return row.status;
  if (by === "seconds") return row.seconds;
  const [kind, name] = [by.slice(0, 2), by.slice(2)];
  if (kind === "m:") return row.metrics.get(name) ?? null;
  const text = row.parameters.get(name);
  return text === undefined ? null : (numberOf(text) ?? text);
}

/** The number that a text is; null where it is none. */
export function numberOf(text: string): number | null {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A number for people: as short as it can be without a difference that matters. */
export function shownNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return value.toLocaleString("en-GB");
  return String(Number(value.toPrecision(5)));
}

function entriesOf(text: string): readonly (readonly [string, JsonValue])[] {
  const value = parseJson(text);
  return isJsonObject(value) ? Object.entries(value) : [];
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : encodeJson(value);
}
