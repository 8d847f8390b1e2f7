import {
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  RawJson,
  scanJsonMembers,
} from "@notemill/json";
import { escapeText } from "../escape-html.ts";
import { listAt, objectAt, readRawJson, shortJson, textAt, valueAt } from "../read-json.ts";
import { counted } from "./cut-text.ts";
import { note } from "./note.ts";
import { scrollBox } from "./scroll-box.ts";

interface Column {
  readonly name: string;
  readonly isNumber: boolean;
  readonly isTime: boolean;
  readonly isKey: boolean;
}

const LONGEST_CELL = 500;
/** Longer text breaks into lines. */
const NARROW_CELL = 48;
const MOST_COLUMNS = 200;

/** A tabular data resource whose rows are read one by one. */
export interface DataTable {
  readonly columns: readonly {
    readonly name: string;
    readonly isNumber: boolean;
    /** Whether it names the row. */
    readonly isKey: boolean;
  }[];
  readonly rowCount: number;
  /** The texts of a row, in the order of columns; empty for what is missing. */
  readonly cells: (row: number) => readonly string[];
}

/** Reads a tabular data resource; `undefined` when the data has no fields or no rows. */
export function readDataTable(raw: RawJson): DataTable | undefined {
  const { schema, data } = readResource(raw);
  const columns = columnsOf(isJsonObject(schema) ? schema : {}).slice(0, MOST_COLUMNS);
  if (columns.length === 0 || !(data instanceof RawJson) || !data.text.startsWith("[")) return undefined;
  const members = scanJsonMembers(data.text);
  return {
    columns,
    rowCount: members.length,
    cells(index) {
      const { start = 0, end = 0 } = members[index] ?? {};
      const row = readRawJson(new RawJson(data.text.slice(start, end))) ?? null;
      return columns.map((column, position) => cellText(row, column, position));
    },
  };
}

/**
 * Shows a tabular data resource as a table of its first rows.
 *
 * Source of the format: https://specs.frictionlessdata.io/tabular-data-resource/
 *
 * @returns `undefined` when the data has no fields or no rows to show.
 */
export function renderDataResource(
  raw: RawJson,
  { maxRows, metadata }: { readonly maxRows: number; readonly metadata: JsonObject },
): string | undefined {
  const resource = readResource(raw);
  const columns = columnsOf(objectAt(resource, "schema"));
  const rows = headOf(resource, maxRows);
  if (columns.length === 0 || !rows) return undefined;

  const shownColumns = columns.slice(0, MOST_COLUMNS);
  const isSampled = metadata["sampled"] === true;
  const head = shownColumns.map(
    ({ name, isNumber }) => `<th scope="col"${numeric(isNumber)}>${escapeText(name)}</th>`,
  );
  const body = rows.shown.map((row) => `<tr>${cells(row, shownColumns)}</tr>\n`);
  const table = `<table><thead><tr>${head.join("")}</tr></thead>\n<tbody>\n${body.join("")}</tbody></table>`;
  return (
    scrollBox(table, { kind: "data", label: "Table" }) + summary({ rows, columns, shownColumns, isSampled })
  );
}

/** The resource with its rows unread: there may be millions, of which few are shown. */
function readResource(raw: RawJson): JsonObject {
  try {
    const resource = parseJson(raw.text, {
      maxDepth: 200,
      keepRaw: (path) => path.length === 1 && path[0] === "data",
    });
    return isJsonObject(resource) ? resource : {};
  } catch {
    return {};
  }
}

/** The first rows of a table, and how many it has. */
interface TableHead {
  readonly shown: readonly JsonValue[];
  readonly count: number;
}

function headOf({ data }: JsonObject, maxRows: number): TableHead | undefined {
  if (!(data instanceof RawJson) || !data.text.startsWith("[")) return undefined;
  const members = scanJsonMembers(data.text);
  const shown = members.slice(0, maxRows).map(({ start, end }) => {
    return readRawJson(new RawJson(data.text.slice(start, end))) ?? null;
  });
  return { shown, count: members.length };
}

function columnsOf(schema: JsonObject): readonly Column[] {
  const key = valueAt(schema, "primaryKey");
  const keys = typeof key === "string" ? [key] : listAt(schema, "primaryKey");
  return listAt(schema, "fields").flatMap((field) => {
    const name = isJsonObject(field) ? textAt(field, "name") : undefined;
    if (!isJsonObject(field) || name === undefined) return [];
    const type = textAt(field, "type");
    return [
      {
        name,
        isNumber: type === "integer" || type === "number",
        isTime: type === "datetime",
        isKey: keys.includes(name),
      },
    ];
  });
}

function cells(row: JsonValue, columns: readonly Column[]): string {
  return columns
    .map((column, position) => {
      const text = cellText(row, column, position);
      const kind = column.isNumber ? ' class="number"' : text.length > NARROW_CELL ? ' class="long"' : "";
      // A heading without text says nothing to a screen reader.
      return column.isKey && text !== ""
        ? `<th scope="row"${kind}>${escapeText(text)}</th>`
        : `<td${kind}>${escapeText(text)}</td>`;
    })
    .join("");
}

function cellText(row: JsonValue, column: Column, position: number): string {
  const value = valueIn(row, column.name, position);
  return value === undefined || value === null ? "" : textOf(value, column);
}

/** Rows are objects; the standard allows lists too. */
function valueIn(row: JsonValue, name: string, position: number): JsonValue | undefined {
  if (isJsonObject(row)) return valueAt(row, name);
  return Array.isArray(row) ? (row as readonly JsonValue[])[position] : undefined;
}

function textOf(value: JsonValue, { isTime }: Column): string {
  if (typeof value === "string") {
    const text = isTime ? shortTime(value) : value;
    return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
  }
  if (value instanceof JsonNumber) return value.text;
  return shortJson(value, LONGEST_CELL);
}

/** `2026-01-05T00:00:00.000` is a day, and a `T` only stands for a space. */
function shortTime(time: string): string {
  return time
    .replace(/^(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?$/, "$1")
    .replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0+)?/, "$1 $2");
}

function numeric(isNumber: boolean): string {
  return isNumber ? ' class="number"' : "";
}

function summary(table: {
  readonly rows: TableHead;
  readonly columns: readonly Column[];
  readonly shownColumns: readonly Column[];
  readonly isSampled: boolean;
}): string {
  const { rows, columns, shownColumns, isSampled } = table;
  const which = [
    rows.shown.length < rows.count
      ? `the first ${counted(rows.shown.length)} of ${counted(rows.count)} rows`
      : "",
    shownColumns.length < columns.length
      ? `${counted(shownColumns.length)} of ${counted(columns.length)} columns`
      : "",
  ].filter((it) => it !== "");
  const sentences = [
    which.length > 0 ? `Shown are ${which.join(" and ")}.` : "",
    isSampled ? "The data is a sample." : "",
  ].filter((it) => it !== "");
  return sentences.length === 0 ? "" : note(sentences.join(" "));
}
