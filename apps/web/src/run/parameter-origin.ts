import type { RunDetail } from "@notemill/api";

/** What says where the values of a run come from. */
type Origins = Pick<
  RunDetail,
  "owner" | "schedule" | "sweep_id" | "rerun_of" | "workflow_run_id" | "started_by_run"
>;

/** Says who gave a run its parameters, as `from the schedule nightly`. */
export function parameterOrigin(run: Origins): string {
  if (run.rerun_of !== null) return `given by ${run.owner}, or as in the run that it repeats`;
  if (run.workflow_run_id !== null) return "from its workflow";
  if (run.sweep_id !== null) return "from its sweep";
  if (run.schedule !== null) return `from the schedule ${run.schedule.name}`;
  return run.started_by_run === null ? `given by ${run.owner}` : "given by the run that started it";
}
