/** Where a run of the executor can end, or be. The words are those of the whole platform. */
export type RunStatus = "starting" | "running" | "succeeded" | "failed" | "cancelled" | "timed_out" | "lost";
