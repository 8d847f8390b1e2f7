import type { Failure, Run, RunDetail } from "@notemill/api";
import { oneLine } from "../../progress/one-line.ts";

/** A run as lines for a person. */
export function describeRun(run: RunDetail): string {
  const lines = [
    ["Run", run.id],
    ["Status", run.status],
    ["Notebook", run.path],
    ["Parameters", run.parameters.text],
    ["Source", run.source_hash],
    ["Asked", run.created_at],
    ["Started", run.started_at ?? ""],
    ["Ended", run.finished_at ?? ""],
    ["Attempts", run.attempts.map(({ number, status }) => `${number} ${status}`).join(", ")],
    ["Failure", run.failure === null ? "" : failureLine(run.failure)],
  ].filter(([, value]) => value !== "");
  return lines.map(([name = "", value = ""]) => `${name.padEnd(12)}${value}`).join("\n");
}

/** What went wrong, in one line. */
function failureLine({ code, message, cell_id: cell }: Failure): string {
  return `${oneLine(message)}${cell === null ? "" : ` in cell ${cell}`} (${code})`;
}

/** The exit code of a run that is over: 0 when it succeeded, as that of `notemill run` otherwise. */
export function runExitCode({ status, failure }: Run): number {
  if (status === "succeeded") return 0;
  return failure?.code === "KERNEL_DIED" ? 138 : 1;
}
