import type { JsonValue } from "@notemill/json";
import type { MetricsRow } from "./metrics-row.ts";

/** A table of runs with one column for each parameter and each metric. */
export interface MetricsTable {
  readonly columns: readonly MetricsColumn[];
  /** Values by column; `null` where a run has none. */
  readonly rows: readonly (readonly JsonValue[])[];
}

/** A column of a {@link MetricsTable}. */
export interface MetricsColumn {
  readonly name: string;
  readonly kind: "notebook" | "status" | "duration" | "parameter" | "metric" | "error";
}

/**
 * Makes the table of several runs: parameters first, then status and duration,
 * metrics, the notebook's path, and the error where a run has one. Columns come
 * in the order in which their names first occur; a metric named like another
 * column gets `metric.` in front.
 */
export function metricsTable(rows: readonly MetricsRow[]): MetricsTable {
  const parameters = namesOf(rows.map((row) => row.parameters));
  const metrics = namesOf(rows.map((row) => row.metrics));
  const taken = new Set([...parameters, "status", "duration", "notebook", "error"]);
  const columns: MetricsColumn[] = [
    ...parameters.map((name) => ({ name, kind: "parameter" as const })),
    { name: "status", kind: "status" },
    { name: "duration", kind: "duration" },
    ...metrics.map((name) => ({ name: taken.has(name) ? `metric.${name}` : name, kind: "metric" as const })),
    { name: "notebook", kind: "notebook" },
    ...(rows.some(({ error }) => error !== null) ? [{ name: "error", kind: "error" as const }] : []),
  ];
  return {
    columns,
    rows: rows.map((row) => [
      ...parameters.map((name) => valueOf(row.parameters, name)),
      row.status,
      row.duration,
      ...metrics.map((name) => valueOf(row.metrics, name)),
      row.notebook,
      ...(columns.at(-1)?.kind === "error" ? [row.error] : []),
    ]),
  };
}

/** A name may be one that every object has, such as `constructor`. */
function valueOf(record: Readonly<Record<string, JsonValue>>, name: string): JsonValue {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

function namesOf(records: readonly Readonly<Record<string, JsonValue>>[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}
