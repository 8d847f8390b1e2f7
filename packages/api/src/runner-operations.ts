import { z } from "zod";
import {
  attemptEventsAnswerSchema,
  attemptEventsSchema,
  claimAnswerSchema,
  claimSchema,
  completeSchema,
  heartbeatAnswerSchema,
  heartbeatSchema,
  leaveSchema,
  sourceSchema,
} from "./runner-protocol.ts";
import {
  executionOutputsSchema,
  keptKernelSchema,
  ordersQuerySchema,
  ordersSchema,
} from "./runner-orders.ts";
import { runSchema } from "./run.ts";
import { jsonAnswer, type Operation } from "./operation.ts";

/** As the database has it. */
const fenceInQuerySchema = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** Which file is handed in, by whom. */
export const recordFileQuerySchema = z.object({
  fence: fenceInQuerySchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** By whom something is handed in. */
export const fenceQuerySchema = z.object({ fence: fenceInQuerySchema });

/** Which file of a source is wanted. */
export const sourceFileQuerySchema = z.object({ path: z.string().min(1) });

/** The operations by which runners get work and hand in what came of it. */
export const RUNNER_OPERATIONS = {
  claim: {
    method: "post",
    path: "/runner/claims",
    group: "runners",
    summary: "Get attempts to execute; waits for the first",
    body: claimSchema,
    answer: jsonAnswer(claimAnswerSchema, "Attempts, perhaps none."),
  },
  heartbeat: {
    method: "post",
    path: "/runner/heartbeats",
    group: "runners",
    summary: "Extend the leases of all attempts of a runner",
    body: heartbeatSchema,
    answer: jsonAnswer(heartbeatAnswerSchema, "What the runner still has."),
  },
  getSource: {
    method: "get",
    path: "/runner/sources/{hash}",
    group: "runners",
    summary: "The list of a source's files",
    answer: jsonAnswer(sourceSchema, "The list."),
  },
  getSourceFile: {
    method: "get",
    path: "/runner/sources/{hash}/file",
    group: "runners",
    summary: "A file of a source",
    query: sourceFileQuerySchema,
    answer: { status: 200, mediaType: "application/octet-stream", description: "Its bytes." },
  },
  appendEvents: {
    method: "post",
    path: "/runner/attempts/{id}/events",
    group: "runners",
    summary: "Report what happens in an attempt",
    body: attemptEventsSchema,
    answer: jsonAnswer(attemptEventsAnswerSchema, "Stored, each event once."),
  },
  putRecordFile: {
    method: "put",
    path: "/runner/attempts/{id}/files/{name}",
    group: "runners",
    summary: "Hand in a file of an attempt's record; it is written once",
    query: recordFileQuerySchema,
    body: "bytes",
    answer: { status: 204, description: "It is durable." },
  },
  leave: {
    method: "post",
    path: "/runner/leave",
    group: "runners",
    summary: "Say that a runner ends, with nothing left to do",
    body: leaveSchema,
    answer: { status: 204, description: "It is there no more." },
  },
  getOrders: {
    method: "post",
    path: "/runner/orders",
    group: "runners",
    summary: "Get what there is to do beside attempts; waits for it",
    body: ordersQuerySchema,
    answer: jsonAnswer(ordersSchema, "What there is to do, perhaps nothing."),
  },
  putLiveNotebook: {
    method: "put",
    path: "/runner/attempts/{id}/notebook",
    group: "runners",
    summary: "Hand in the output notebook of an attempt that runs, as it is now",
    query: fenceQuerySchema,
    body: "bytes",
    answer: { status: 204, description: "Thanks." },
  },
  appendOutputs: {
    method: "post",
    path: "/runner/executions/{id}/outputs",
    group: "runners",
    summary: "Report what came of code in a kept kernel",
    body: executionOutputsSchema,
    answer: { status: 204, description: "Stored, each output once." },
  },
  noteKernel: {
    method: "put",
    path: "/runner/attempts/{id}/kernel",
    group: "runners",
    summary: "Say until when the kernel of an attempt is kept",
    body: keptKernelSchema,
    answer: { status: 204, description: "Noted." },
  },
  complete: {
    method: "post",
    path: "/runner/attempts/{id}/complete",
    group: "runners",
    summary: "End an attempt",
    body: completeSchema,
    answer: jsonAnswer(runSchema, "The run as it is now."),
  },
} as const satisfies Readonly<Record<string, Operation>>;
