import type { Operation } from "./operation.ts";
import { runSchema, startedRunSchema } from "./run.ts";
import { retrySweepSchema, submitSweepSchema, sweepPageSchema, sweepQuerySchema } from "./sweep.ts";

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  description: "Requests with the same key start one sweep; the answer names it.",
};

/** The operations on sweeps. A sweep is followed, cancelled and looked up as the run that is its parent. */
export const SWEEP_OPERATIONS = {
  submitSweep: {
    method: "post",
    path: "/sweeps",
    group: "runs",
    needs: "submit",
    summary: "Run a notebook once for each of many sets of parameters",
    headers: [IDEMPOTENCY_KEY],
    body: submitSweepSchema,
    answer: { status: 201, schema: startedRunSchema, description: "The parent of the runs." },
  },
  getSweep: {
    method: "get",
    path: "/sweeps/{id}",
    group: "runs",
    summary: "A sweep, and its runs with their parameters and metrics, in order",
    query: sweepQuerySchema,
    answer: { status: 200, schema: sweepPageSchema, description: "One page." },
  },
  retrySweep: {
    method: "post",
    path: "/sweeps/{id}/retry",
    group: "runs",
    needs: "submit",
    summary: "Start a sweep that makes those runs again that did not succeed, and keeps the others",
    headers: [IDEMPOTENCY_KEY],
    body: retrySweepSchema,
    answer: { status: 201, schema: runSchema, description: "The parent of the new sweep." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
