import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { encodeJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import type { ResultHead } from "../database/read-result.ts";
import { valueJson } from "../result/value-json.ts";
import type { Directives } from "../sql/read-directives.ts";
import { SqlKernelError } from "../sql-kernel-error.ts";

/** An output that is a scrap: its data, and the metadata that says so. */
export interface ScrapOutput {
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/**
 * Makes the scraps that a statement's directives ask for.
 *
 * @throws {@link SqlKernelError} `SQL_SCRAP_INVALID` where the result is not what can become one.
 */
export function makeScraps(head: ResultHead, { glue, check }: Directives): readonly ScrapOutput[] {
  return [
    ...(glue === undefined ? [] : gluedScraps(head, glue)),
    ...(check === undefined ? [] : [checkScrap(head, check)]),
  ];
}

function gluedScraps(head: ResultHead, name: string): readonly ScrapOutput[] {
  const row = onlyRow(head, "glue");
  if (name !== "") return [scrap(name, onlyValue(head, row, `glue ${name}`), head.columns[0]?.type)];
  return head.columns.map((column, index) => scrap(column.name, row[index] ?? null, column.type));
}

function checkScrap(head: ResultHead, { name, severity }: NonNullable<Directives["check"]>): ScrapOutput {
  const value = onlyValue(head, onlyRow(head, `check ${name}`), `check ${name}`);
  if (value !== null && typeof value !== "boolean") {
    throw invalid(`check ${name}`, "a value that is not true, false or NULL");
  }
  return scrapOutput(name, "json", {
    type: "notemill.check",
    version: 1,
    ok: value === true,
    severity,
    message: null,
  });
}

function scrap(name: string, value: DuckDBValue, type: DuckDBType | undefined): ScrapOutput {
  const json = valueJson(value, type);
  if (typeof json === "string" && typeof value !== "number") return scrapOutput(name, "text", json);
  return scrapOutput(name, "json", typeof value === "number" ? numberData(value, json) : (json ?? "null"));
}

/** Readers of scraps know these words for what JSON has no number for. */
function numberData(value: number, json: JsonValue): JsonValue {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? json : `${value}`;
}

function scrapOutput(name: string, encoder: "json" | "text", data: JsonValue): ScrapOutput {
  return {
    data: { [`application/scrapbook.scrap.${encoder}+json`]: { name, data, encoder, version: 1 } },
    metadata: { scrapbook: { name, data: true, display: false } },
  };
}

function onlyRow(head: ResultHead, directive: string): readonly DuckDBValue[] {
  const [row] = head.rows;
  if (head.rowCount !== 1 || row === undefined) {
    throw invalid(directive, head.isWhole ? `${head.rowCount} rows` : "many rows");
  }
  return row;
}

function onlyValue(head: ResultHead, row: readonly DuckDBValue[], directive: string): DuckDBValue {
  if (row.length !== 1)
    throw invalid(directive, `${row.length} columns: ${encodeJson(head.columns.map(({ title }) => title))}`);
  return row[0] ?? null;
}

function invalid(directive: string, what: string): SqlKernelError {
  const expected = directive === "glue" ? "one row" : "one row with one value";
  return new SqlKernelError(
    "SQL_SCRAP_INVALID",
    `"-- notemill: ${directive}" stands before a query with ${what}; expected ${expected}`,
    { details: { directive } },
  );
}
