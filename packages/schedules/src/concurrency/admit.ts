/**
 * What happens when a workflow-run comes while others are about.
 *
 * - `sequential`: one at a time, in the order they came.
 * - `strict_sequential`: the same, and none after one that did not succeed, until
 *   that one is restarted with success or let go.
 * - `first_only`: one that runs keeps others out.
 * - `last_only`: a newer one ends those before it.
 * - `parallel`: up to `limit` at a time, in the order they came. A limit of 0 holds all.
 */
export type ConcurrencyPolicy =
  | { readonly kind: "sequential" }
  | { readonly kind: "strict_sequential" }
  | { readonly kind: "first_only" }
  | { readonly kind: "last_only" }
  | { readonly kind: "parallel"; readonly limit: number };

/** A workflow-run that is not over, or holds up those behind it. */
export interface LiveRun {
  readonly id: string;
  /** `blocking`: it ended without success, and was not let go. Counts under `strict_sequential` only. */
  readonly status: "queued" | "running" | "blocking";
}

/** What is done about the workflow-runs of one workflow. */
export interface Admission {
  /** To be started, in this order. */
  readonly start: readonly string[];
  /** To be ended, because a newer one came. */
  readonly cancel: readonly string[];
  /** Never started: another was there first. */
  readonly skip: readonly string[];
  /** Stay queued, in this order. */
  readonly wait: readonly string[];
}

/**
 * Decides about the workflow-runs of one workflow.
 *
 * Ask when one comes, when one ends, and when the policy changes, in the
 * transaction that does what the answer says.
 *
 * @param runs - In the order they came.
 */
export function admit(policy: ConcurrencyPolicy, runs: readonly LiveRun[]): Admission {
  const running = idsOf(runs, "running");
  const queued = idsOf(runs, "queued");
  switch (policy.kind) {
    case "sequential":
      return fill(queued, 1 - running.length);
    case "strict_sequential":
      return fill(queued, runs.some(({ status }) => status === "blocking") ? 0 : 1 - running.length);
    case "parallel":
      return fill(queued, policy.limit - running.length);
    case "first_only": {
      const start = running.length === 0 ? queued.slice(0, 1) : [];
      return { start, cancel: [], skip: queued.slice(start.length), wait: [] };
    }
    case "last_only": {
      const [newest] = queued.slice(-1);
      if (newest === undefined) return { start: [], cancel: [], skip: [], wait: [] };
      // It begins when those it takes the place of have ended, so that two never run at once.
      const isFree = running.length === 0;
      return {
        start: isFree ? [newest] : [],
        cancel: [...running, ...queued.slice(0, -1)],
        skip: [],
        wait: isFree ? [] : [newest],
      };
    }
  }
}

function fill(queued: readonly string[], free: number): Admission {
  const count = Math.max(0, free);
  return { start: queued.slice(0, count), cancel: [], skip: [], wait: queued.slice(count) };
}

function idsOf(runs: readonly LiveRun[], status: LiveRun["status"]): readonly string[] {
  return runs.filter((it) => it.status === status).map(({ id }) => id);
}
