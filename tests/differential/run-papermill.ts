import type { DifferentialCase } from "./cases.ts";
import { type CaseResult, runCase } from "./run-case.ts";
import type { Papermill } from "./start-papermill.ts";

/** What the kernel of a papermill prints when another process has its port. */
const PORT_LOST = "Address already in use";

const TRIES = 5;

/**
 * Runs papermill on a case. It picks free ports and lets them go again before its kernel takes them, so that on a busy
 * machine another process has one now and then; such a run says nothing of papermill, and is done again.
 */
export async function runPapermill(papermill: Papermill, it: DifferentialCase): Promise<CaseResult> {
  for (let left = TRIES - 1; ; left -= 1) {
    const result = await runCase((cwd, args) => papermill.run({ cwd, args, log: `${cwd}.log` }), it);
    if (left === 0 || !result.printed.includes(PORT_LOST)) return result;
  }
}
