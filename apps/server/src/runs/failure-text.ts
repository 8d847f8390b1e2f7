import { encodeWireJson, type Failure } from "@notemill/api";
import type { LostAttempt } from "@notemill/store";

/** A failure that is no cell's, as JSON. */
export function failureText(code: string, message: string): string {
  return failureAt(null, code, message);
}

/** The failure of an attempt whose runner is gone, as JSON: who that was, and which cell ran. */
export function runnerLostText({ runnerName, cell }: LostAttempt): string {
  const runner = runnerName === null ? "the runner" : `the runner "${runnerName}"`;
  const where = cell === null ? "" : `; cell ${cell.index + 1} was being executed`;
  return failureAt(cell, "RUNNER_LOST", `${runner} was not heard of any more${where}`);
}

function failureAt(cell: LostAttempt["cell"], code: string, message: string): string {
  const place = { cell_id: cell?.id ?? null, cell_index: cell?.index ?? null };
  return encodeWireJson({
    code,
    message,
    ...place,
    ename: null,
    evalue: null,
    traceback: [],
  } satisfies Failure);
}
