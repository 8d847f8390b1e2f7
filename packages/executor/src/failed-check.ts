import { type Check, readChecks } from "@notemill/scraps";
import type { RunDocument } from "./run-document.ts";
import { MESSAGE_LENGTH } from "./run-failure.ts";
import { shortened } from "./shortened.ts";
import type { StoppedRun } from "./stopped-run.ts";

/**
 * Finds the first check of severity `error` that did not hold: the notebook ran
 * to its end, and says itself that its result is not to be trusted.
 */
export function failureInChecks(document: RunDocument): StoppedRun | undefined {
  const notebook = document.snapshot();
  for (const record of document.records) {
    const cell = record.snapshot();
    if (cell.cell_type !== "code" || cell.outputs.length === 0) continue;
    const failed = readChecks({ ...notebook, cells: [cell] }).find(
      ({ ok, severity }) => !ok && severity === "error",
    );
    if (!failed) continue;
    return {
      status: "failed",
      failure: {
        code: "CHECK_FAILED",
        message: shortened(messageOf(failed), MESSAGE_LENGTH),
        cell_index: record.index,
        cell_id: record.id,
        execution_count: record.executionCount,
      },
    };
  }
  return undefined;
}

function messageOf({ name, message }: Check): string {
  return message === null
    ? `the check "${name}" did not hold`
    : `the check "${name}" did not hold: ${message}`;
}
