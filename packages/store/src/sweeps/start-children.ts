import type { RunSettings } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import type { StoredRun } from "../runs/run-row.ts";
import { submitRunIn } from "../runs/submit-run.ts";
import type { StoredSweep } from "./sweep-row.ts";

/**
 * Starts the next children of a sweep, whose row the transaction has.
 *
 * @returns How many there were.
 */
export async function startChildren(
  queries: Queries,
  options: {
    readonly parent: StoredRun;
    readonly sweep: Pick<StoredSweep, "childSettings">;
    /** The most. */
    readonly limit: number;
    readonly now: Date;
  },
): Promise<number> {
  const { parent, sweep, limit, now } = options;
  const rows = await queries.query(
    `update sweep_child set is_started = true
     where sweep_id = $1 and index in (
       select index from sweep_child where sweep_id = $1 and not is_started order by index limit $2
     )
     returning run_id as "runId", attempt_id as "attemptId", parameters, index`,
    [parent.id, limit],
  );
  const children = rows as unknown as readonly {
    readonly runId: string;
    readonly attemptId: string;
    readonly parameters: string;
    readonly index: number;
  }[];
  for (const { runId, attemptId, parameters } of children.toSorted((a, b) => a.index - b.index)) {
    const { owner, path, sourceHash, kernelName, priority, tags, createdAt, startedByRun, depth } = parent;
    await submitRunIn(queries, {
      id: runId,
      attemptId,
      owner,
      path,
      sourceHash,
      kernelName,
      parameters,
      priority,
      tags,
      idempotencyKey: null,
      requestSha256: "",
      settings: JSON.parse(sweep.childSettings) as RunSettings,
      rerunOf: null,
      sweepId: parent.id,
      startedBy: startedByRun === null ? null : { runId: startedByRun, depth },
      // It was asked for with the sweep, as its id says.
      createdAt,
      now,
    });
  }
  return children.length;
}
