import { z } from "zod";
import { eventsQuerySchema } from "./events-query.ts";
import { executeCodeSchema, executionResultSchema, resumeRunSchema } from "./runner-orders.ts";
import {
  listRunsSchema,
  rerunRunSchema,
  runDetailSchema,
  runEventSchema,
  runPageSchema,
  runSchema,
  startedRunSchema,
  submitRunSchema,
} from "./run.ts";
import { runCheckSchema } from "./run-check.ts";
import { jsonAnswer, type Operation } from "./operation.ts";

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  description: "Requests with the same key start one run; the answer names it.",
};

/** Which notebook's output is wanted. */
export const latestOutputQuerySchema = z.object({
  path: z
    .string()
    .regex(/^[^\0]+$/)
    .meta({ description: "Virtual path of the notebook: `~/a.ipynb`." }),
});

/** The operations on runs, and on the kernels that are kept for them. */
export const RUN_OPERATIONS = {
  submitRun: {
    method: "post",
    path: "/runs",
    group: "runs",
    needs: "submit",
    summary: "Start a run",
    headers: [IDEMPOTENCY_KEY],
    body: submitRunSchema,
    answer: jsonAnswer(startedRunSchema, "The run, which waits for a runner.", 201),
  },
  listRuns: {
    method: "get",
    path: "/runs",
    group: "runs",
    summary: "List runs, newest first",
    query: listRunsSchema,
    answer: jsonAnswer(runPageSchema, "One page."),
  },
  getRun: {
    method: "get",
    path: "/runs/{id}",
    group: "runs",
    summary: "A run and its attempts",
    answer: jsonAnswer(runDetailSchema, "The run."),
  },
  checkRun: {
    method: "get",
    path: "/runs/{id}/check",
    group: "runs",
    summary: "What a run that is over says about its source: missing files, outputs that are not its own",
    answer: jsonAnswer(runCheckSchema, "What was found."),
  },
  cancelRun: {
    method: "post",
    path: "/runs/{id}/cancel",
    group: "runs",
    needs: "submit",
    summary: "Ask for the end of a run",
    answer: jsonAnswer(
      runSchema,
      "The run as it is now; one that runs is over when its runner has stopped it.",
    ),
  },
  rerunRun: {
    method: "post",
    path: "/runs/{id}/rerun",
    group: "runs",
    needs: "submit",
    summary: "Start a run of the same source as an earlier one",
    headers: [IDEMPOTENCY_KEY],
    body: rerunRunSchema,
    answer: jsonAnswer(startedRunSchema, "The new run.", 201),
  },
  latestOutput: {
    method: "get",
    path: "/notebooks/latest-output",
    group: "runs",
    summary: "The output of the last run of a notebook that succeeded; the header Notemill-Run names the run",
    query: latestOutputQuerySchema,
    answer: { status: 200, mediaType: "application/x-ipynb+json", description: "The notebook." },
  },
  getNotebook: {
    method: "get",
    path: "/runs/{id}/notebook",
    group: "runs",
    summary:
      "The output notebook of the newest attempt; of one that runs, as it is now and marked as running",
    answer: { status: 200, mediaType: "application/x-ipynb+json", description: "The notebook." },
  },
  executeCode: {
    method: "post",
    path: "/runs/{id}/kernel/execute",
    group: "runs",
    needs: "submit",
    summary: "Execute code in the kernel that was kept for a failed run; hanging up interrupts it",
    body: executeCodeSchema,
    answer: {
      status: 200,
      mediaType: "text/event-stream",
      schema: executionResultSchema,
      description:
        "Server-sent events: each `output` is an output as notebooks have it, the last, `result`, is as described.",
    },
  },
  endKernel: {
    method: "delete",
    path: "/runs/{id}/kernel",
    group: "runs",
    needs: "submit",
    summary: "End the kernel that was kept for a failed run, before its time",
    answer: { status: 204, description: "Its runner ends it." },
  },
  resumeRun: {
    method: "post",
    path: "/runs/{id}/resume",
    group: "runs",
    needs: "submit",
    summary: "Go on from the failed cell in the kernel that was kept, in a new run",
    body: resumeRunSchema,
    answer: jsonAnswer(runSchema, "The new run.", 201),
  },
  followRun: {
    method: "get",
    path: "/runs/{id}/events",
    group: "runs",
    summary: "Follow a run: its events from any point, until it is over",
    query: eventsQuerySchema,
    headers: [{ name: "Last-Event-ID", description: "As `after`; browsers send it when they come back." }],
    answer: {
      status: 200,
      mediaType: "text/event-stream",
      schema: runEventSchema,
      description: "Server-sent events; the data of each is as described.",
    },
  },
} as const satisfies Readonly<Record<string, Operation>>;
