import { isJsonObject, type JsonObject, JsonNumber, type JsonValue } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { readMetrics } from "../read-metrics.ts";

/** One output notebook as a row of a table: what went in, how it ended, what it measured. */
export interface MetricsRow {
  /** Path of the output notebook. */
  readonly notebook: string;
  /** `unknown` where the file does not say, as with those of other tools. */
  readonly status: string;
  /** Seconds, where known. */
  readonly duration: number | null;
  readonly parameters: JsonObject;
  readonly metrics: Readonly<Record<string, JsonValue>>;
  /** Why the run did not succeed. */
  readonly error: string | null;
}

/** Reads the row of one output notebook. */
export function metricsRow(path: string, notebook: Notebook): MetricsRow {
  const papermill = asObject(notebook.metadata["papermill"]);
  const run = asObject(notebook.metadata["notemill"]);
  const error = asObject(run["failure"])["message"];
  return {
    notebook: path,
    status: statusOf(run, papermill),
    duration: asNumber(papermill["duration"]),
    parameters: asObject(papermill["parameters"]),
    metrics: Object.fromEntries(readMetrics(notebook)),
    error: typeof error === "string" ? error : null,
  };
}

/** Our own word where there is one; else what papermill's metadata lets us say for sure. */
function statusOf(run: JsonObject, papermill: JsonObject): string {
  if (typeof run["status"] === "string") return run["status"];
  return papermill["exception"] === true ? "failed" : "unknown";
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function asNumber(value: JsonValue | undefined): number | null {
  if (typeof value === "number") return value;
  return value instanceof JsonNumber ? value.toNumber() : null;
}
