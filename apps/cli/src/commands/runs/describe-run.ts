import type { Attempt, Failure, Run, RunDetail, SweepPage } from "@notemill/api";
import { oneLine } from "../../progress/one-line.ts";

/** A run as lines for a person; of the parent of a sweep, also how many of its runs are in which status. */
export function describeRun(run: RunDetail, sweep?: SweepPage): string {
  const lines = [
    ["Run", run.id],
    ["Status", run.status],
    ["Notebook", run.path],
    ["Parameters", run.parameters.text],
    ["Source", run.source_hash],
    ["Tags", run.tags.join(" ")],
    ["Needs", (run.labels ?? []).join(" ")],
    ["Waiting", run.waiting?.message ?? ""],
    ["Rerun of", run.rerun_of ?? ""],
    ["Sweep", run.sweep_id ?? ""],
    ["Runs", sweepWords(sweep)],
    ["Asked", run.created_at],
    ["Started", run.started_at ?? ""],
    ["Ended", run.finished_at ?? ""],
    ["Attempts", run.attempts.map(attemptWords).join(", ")],
    ["Next not before", run.not_before ?? ""],
    ["Kernel kept until", run.attempts.at(-1)?.kernel_until ?? ""],
    ["Took", resourceWords(run.attempts.at(-1)?.resources ?? null)],
    ["Failure", run.failure === null ? "" : failureLine(run.failure)],
  ].filter(([, value]) => value !== "");
  return lines.map(([name = "", value = ""]) => `${name.padEnd(18)}${value}`).join("\n");
}

/** How many runs of a sweep there are, and how they are. */
function sweepWords(sweep: SweepPage | undefined): string {
  if (sweep === undefined) return "";
  const counts = Object.entries(sweep.counts).map(([status, count]) => `${count} ${status}`);
  return `${sweep.total}: ${counts.join(", ")}`;
}

/** How an attempt ended, and why where it failed. */
function attemptWords({ number, status, failure }: Attempt): string {
  if (failure === null) return `${number} ${status}`;
  const cell = failure.cell_index === null ? "" : `, cell ${failure.cell_index + 1}`;
  return `${number} ${status} (${failure.code}${cell})`;
}

function resourceWords(resources: Attempt["resources"]): string {
  if (resources === null) return "";
  const megabytes = Math.round(resources.peak_memory_bytes / 1e6);
  return `${resources.cpu_seconds.toFixed(2)} s of processor time, ${megabytes} MB at most`;
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
