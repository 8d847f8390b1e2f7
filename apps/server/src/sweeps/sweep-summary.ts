import { posix } from "node:path";
import type { Failure } from "@notemill/api";
import { encodeJson, isJsonObject, type JsonObject, parseJson } from "@notemill/json";
import { createNotebookEncoder, type Notebook } from "@notemill/nbformat";
import { type MetricsRow, metricsTable, tableAsCsv, tableAsJson, tableAsNotebook } from "@notemill/scraps";
import type { StoredChild, StoredRun } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { OUTPUT_NAME } from "../records/record-form.ts";
import { presentFailure } from "../runs/present-run.ts";
import { allChildren, findSweep } from "./start-sweep.ts";
import { SWEEP_NAME, sweepText } from "./sweep-file.ts";

/** What the record of a parent has. The same children give the same bytes. */
export interface SweepSummary {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly total: number;
  readonly succeeded: number;
  /** The first child that did not succeed. */
  readonly firstFailed: (StoredChild & { readonly reason: Failure | null }) | null;
}

/** Puts the children of a sweep into a table, as they are now. */
export async function summarizeSweep(platform: Platform, parent: StoredRun): Promise<SweepSummary> {
  const rows: MetricsRow[] = [];
  const children: StoredChild[] = [];
  let succeeded = 0;
  let firstFailed: SweepSummary["firstFailed"] = null;
  for await (const child of allChildren(platform, parent.id)) {
    const reason = presentFailure(child.failure);
    rows.push(rowOf(child, reason));
    children.push(child);
    if (child.status === "succeeded") succeeded += 1;
    else firstFailed ??= { ...child, reason };
  }
  const table = metricsTable(rows);
  let cells = 0;
  const notebook = tableAsNotebook(`Sweep of ${posix.basename(parent.path)}`, table, {
    newId: () => `sweep-${++cells}`,
  });
  const named = withFacts(notebook, { run_id: parent.id, runs: rows.length, succeeded });
  return {
    files: [
      { name: "metrics.csv", text: tableAsCsv(table) },
      { name: "metrics.json", text: tableAsJson(table) },
      { name: OUTPUT_NAME, text: createNotebookEncoder().encode(named).join("") },
      { name: SWEEP_NAME, text: sweepText(await findSweep(platform, parent), children) },
    ],
    total: rows.length,
    succeeded,
    firstFailed,
  };
}

function withFacts(notebook: Notebook, sweep: JsonObject): Notebook {
  return { ...notebook, metadata: { ...notebook.metadata, notemill: { sweep } } };
}

function rowOf(child: StoredChild, reason: Failure | null): MetricsRow {
  const { runId, attempt, status, seconds, parameters, metrics } = child;
  return {
    notebook: runId === null ? "" : `/runs/${runId}/${attempt ?? 1}/${OUTPUT_NAME}`,
    status: status ?? "not_started",
    duration: seconds,
    parameters: asObject(parameters),
    metrics: asObject(metrics ?? "{}"),
    error: reason?.message ?? null,
  };
}

function asObject(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error(`"${encodeJson(value)}" is kept in place of an object`);
  return value;
}
