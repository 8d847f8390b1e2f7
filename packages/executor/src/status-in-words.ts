import type { RunStatus } from "./run-status.ts";

/** What became of a run, to stand behind "the run": `succeeded`, `was cancelled`. The status may come from a file. */
export function statusInWords(status: string): string {
  return Object.hasOwn(WORDS, status) ? (WORDS[status] ?? "") : `ended as ${JSON.stringify(status)}`;
}

const WORDS: Readonly<Record<string, string>> = {
  starting: "is about to start",
  running: "is under way",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "was cancelled",
  timed_out: "timed out",
  lost: "was lost",
} satisfies Record<RunStatus, string>;
