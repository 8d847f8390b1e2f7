import { posix } from "node:path";
import type { SweepChild } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import { isJsonObject, type JsonObject, parseJson, type RawJson } from "@notemill/json";
import { type MetricsRow, metricsTable } from "@notemill/scraps";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { TABLE_OPTIONS, writeTable } from "../../metrics-table/write-table.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

/** `notemill runs metrics`: what the runs of a sweep measured. */
export const metricsCommand: Command = {
  name: "runs metrics",
  summary: "Show what the runs of a sweep measured, as one table",
  description:
    "One row for each set of parameters, with every number that its notebook recorded with notemill.glue. A sweep that is under way is shown as it is now.",
  arguments: [{ ...RUN_ARGUMENT, help: "Id of the sweep." }],
  options: [...TABLE_OPTIONS, ...CONNECTION_OPTIONS],
  examples: [["notemill runs metrics 0197… --output metrics.parquet", "for another program"]],
  run: metrics,
};

async function metrics(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const { path, rows } = await readRows(client, await runId(client, given));
  await writeTable(`Sweep of ${posix.basename(path)}`, metricsTable(rows), options, terminal);
  return 0;
}

/** How many children are asked for at once. */
const PAGE = 1000;

async function readRows(
  client: Pick<PlatformClient, "getSweep">,
  id: string,
): Promise<{ readonly path: string; readonly rows: readonly MetricsRow[] }> {
  const rows: MetricsRow[] = [];
  for (let after = -1; ;) {
    const { run, children, next } = await client.getSweep(id, { after, limit: PAGE });
    rows.push(...children.map(rowOf));
    if (next === null) return { path: run.path, rows };
    after = next;
  }
}

function rowOf(child: SweepChild): MetricsRow {
  return {
    notebook: child.run_id === null ? "" : `/runs/${child.run_id}`,
    status: child.status,
    duration: child.seconds,
    parameters: asObject(child.parameters),
    metrics: asObject(child.metrics),
    error: child.failure?.message ?? null,
  };
}

function asObject(raw: RawJson | null): JsonObject {
  const value = parseJson(raw?.text ?? "{}");
  return isJsonObject(value) ? value : {};
}
