import { z } from "zod";
import { BACKFILL_OPERATIONS } from "./backfill-operations.ts";
import { DELIVERY_OPERATIONS } from "./delivery-operations.ts";
import { ENVIRONMENT_OPERATIONS } from "./environment-operations.ts";
import {
  attemptEventsAnswerSchema,
  attemptEventsSchema,
  claimAnswerSchema,
  claimSchema,
  completeSchema,
  heartbeatAnswerSchema,
  heartbeatSchema,
  sourceSchema,
} from "./runner-protocol.ts";
import { eventsQuerySchema } from "./events-query.ts";
import { FILE_OPERATIONS } from "./file-operations.ts";
import { LINK_OPERATIONS } from "./link-operations.ts";
import type { NeededScope } from "./needed-scope.ts";
import { artifactListSchema, artifactQuerySchema, artifactsQuerySchema } from "./artifact.ts";
import { prunedSchema, pruneSchema, retentionQuerySchema, retentionSchema } from "./retention.ts";
import {
  executeCodeSchema,
  executionOutputsSchema,
  executionResultSchema,
  keptKernelSchema,
  ordersQuerySchema,
  ordersSchema,
  resumeRunSchema,
} from "./runner-orders.ts";
import {
  listRunsSchema,
  rerunRunSchema,
  runDetailSchema,
  runEventSchema,
  runPageSchema,
  runSchema,
  submitRunSchema,
} from "./run.ts";
import { runCheckSchema } from "./run-check.ts";
import { OUTPUT_URL_OPERATIONS } from "./output-url-operations.ts";
import { SEARCH_OPERATIONS } from "./search.ts";
import { TABLE_OPERATIONS } from "./table.ts";
import { SCHEDULE_OPERATIONS } from "./schedule-operations.ts";
import { SECRET_OPERATIONS } from "./secret-operations.ts";
import { SESSION_OPERATIONS } from "./session-operations.ts";
import { serverStatusSchema } from "./status.ts";
import { SWEEP_OPERATIONS } from "./sweep-operations.ts";
import {
  backupSchema,
  healthSchema,
  readinessSchema,
  verificationSchema,
  runRecordsSchema,
} from "./server-resources.ts";
import { TOKEN_OPERATIONS } from "./token-operations.ts";
import { WORKFLOW_OPERATIONS } from "./workflow-operations.ts";

/** One operation of the API. */
export interface Operation {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api/v1`, with parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly group:
    | "runs"
    | "files"
    | "schedules"
    | "deliveries"
    | "environments"
    | "secrets"
    | "workflows"
    | "records"
    | "runners"
    | "access"
    | "server";
  /** Needs no token. Default false. */
  readonly isOpen?: boolean;
  /** What a token has to be good for. Default: see {@link neededScope}. */
  readonly needs?: NeededScope;
  readonly query?: z.ZodObject;
  readonly headers?: readonly { readonly name: string; readonly description: string }[];
  readonly body?: z.ZodType | "bytes";
  readonly answer: {
    readonly status: number;
    readonly mediaType?: string;
    readonly schema?: z.ZodType;
    readonly description: string;
  };
}

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

/** Which notebook's output is wanted. */
export const latestOutputQuerySchema = z.object({
  path: z
    .string()
    .regex(/^[^\0]+$/)
    .meta({ description: "Virtual path of the notebook: `~/a.ipynb`." }),
});

/** Which file of a record is wanted. */
export const recordFileNameSchema = z.object({
  name: z
    .string()
    .min(1)
    .max(512)
    .meta({ description: "`manifest.json`, or a name from the record's list." }),
});

/** Which records are looked at. */
export const verifyQuerySchema = z.object({
  run: z.uuid().optional().meta({ description: "Only the records of this run." }),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0)
    .meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

const json = (schema: z.ZodType, description: string, status = 200): Operation["answer"] => ({
  status,
  schema,
  description,
});

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  description: "Requests with the same key start one run; the answer names it.",
};

/** Every operation of the API. The server has a route for each, and no other. */
export const OPERATIONS = {
  health: {
    method: "get",
    path: "/health",
    group: "server",
    summary: "Whether the server is there",
    isOpen: true,
    answer: json(healthSchema, "It is."),
  },
  ready: {
    method: "get",
    path: "/ready",
    group: "server",
    summary:
      "Whether the server takes new work: it can use its database and its store, and is not about to end",
    isOpen: true,
    answer: json(readinessSchema, "It does; 503 when it does not."),
  },
  openapi: {
    method: "get",
    path: "/openapi.json",
    group: "server",
    summary: "This document",
    isOpen: true,
    answer: { status: 200, mediaType: "application/json", description: "An OpenAPI 3.1 document." },
  },
  submitRun: {
    method: "post",
    path: "/runs",
    group: "runs",
    needs: "submit",
    summary: "Start a run",
    headers: [IDEMPOTENCY_KEY],
    body: submitRunSchema,
    answer: json(runSchema, "The run, which waits for a runner.", 201),
  },
  listRuns: {
    method: "get",
    path: "/runs",
    group: "runs",
    summary: "List runs, newest first",
    query: listRunsSchema,
    answer: json(runPageSchema, "One page."),
  },
  getRun: {
    method: "get",
    path: "/runs/{id}",
    group: "runs",
    summary: "A run and its attempts",
    answer: json(runDetailSchema, "The run."),
  },
  checkRun: {
    method: "get",
    path: "/runs/{id}/check",
    group: "runs",
    summary: "What a run that is over says about its source: missing files, outputs that are not its own",
    answer: json(runCheckSchema, "What was found."),
  },
  cancelRun: {
    method: "post",
    path: "/runs/{id}/cancel",
    group: "runs",
    needs: "submit",
    summary: "Ask for the end of a run",
    answer: json(runSchema, "The run as it is now; one that runs is over when its runner has stopped it."),
  },
  rerunRun: {
    method: "post",
    path: "/runs/{id}/rerun",
    group: "runs",
    needs: "submit",
    summary: "Start a run of the same source as an earlier one",
    headers: [IDEMPOTENCY_KEY],
    body: rerunRunSchema,
    answer: json(runSchema, "The new run.", 201),
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
    answer: json(runSchema, "The new run.", 201),
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
  listRecords: {
    method: "get",
    path: "/runs/{id}/records",
    group: "records",
    summary: "The records of a run's attempts that are over, and their files",
    answer: json(runRecordsSchema, "The records, first to last."),
  },
  archiveRun: {
    method: "get",
    path: "/runs/{id}/archive",
    group: "records",
    summary: "All records of a run in one tar archive, which `notemill runs import` takes back in",
    answer: {
      status: 200,
      mediaType: "application/x-tar",
      description: "The archive, as it is made; it breaks off where a file is not what its record says.",
    },
  },
  getRecordFile: {
    method: "get",
    path: "/runs/{id}/records/{attempt}/file",
    group: "records",
    summary: "A file of a record",
    query: recordFileNameSchema,
    answer: { status: 200, mediaType: "application/octet-stream", description: "Its bytes." },
  },
  ...FILE_OPERATIONS,
  ...SEARCH_OPERATIONS,
  ...TABLE_OPERATIONS,
  ...OUTPUT_URL_OPERATIONS,
  listArtifacts: {
    method: "get",
    path: "/runs/{id}/artifacts",
    group: "records",
    summary: "The files that an attempt left in `$NOTEMILL_OUTPUTS`",
    query: artifactsQuerySchema,
    answer: json(artifactListSchema, "The files, in the order of their names; at most 1000."),
  },
  getArtifact: {
    method: "get",
    path: "/runs/{id}/artifacts/file",
    group: "records",
    summary: "A file that an attempt left",
    query: artifactQuerySchema,
    answer: { status: 200, mediaType: "application/octet-stream", description: "Its bytes." },
  },
  ...SWEEP_OPERATIONS,
  ...SECRET_OPERATIONS,
  ...ENVIRONMENT_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...TOKEN_OPERATIONS,
  ...LINK_OPERATIONS,
  ...SCHEDULE_OPERATIONS,
  ...BACKFILL_OPERATIONS,
  ...WORKFLOW_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  verifyRecords: {
    method: "get",
    path: "/records/verification",
    group: "records",
    summary: "Compare the records with the chain: finds a changed, missing or added byte",
    query: verifyQuerySchema,
    answer: json(verificationSchema, "What was found."),
  },
  status: {
    method: "get",
    path: "/status",
    group: "server",
    summary: "How the server is: its runners, what runs and waits, kernels that are kept, and what runs took",
    answer: json(serverStatusSchema, "As it is now."),
  },
  backUp: {
    method: "post",
    path: "/backups",
    group: "server",
    summary: "Back up an embedded database",
    answer: json(backupSchema, "Done.", 201),
  },
  getRetention: {
    method: "get",
    path: "/retention",
    group: "records",
    summary: "Get the policy by which the server lets old runs go, and those that would go now",
    query: retentionQuerySchema,
    answer: json(retentionSchema, "The policy, and the runs."),
  },
  pruneRuns: {
    method: "post",
    path: "/retention",
    group: "records",
    summary: "Let old runs go: their events and files, with a tombstone in the place of each record",
    body: pruneSchema,
    answer: json(prunedSchema, "The runs that have gone, or would."),
  },
  claim: {
    method: "post",
    path: "/runner/claims",
    group: "runners",
    summary: "Get attempts to execute; waits for the first",
    body: claimSchema,
    answer: json(claimAnswerSchema, "Attempts, perhaps none."),
  },
  heartbeat: {
    method: "post",
    path: "/runner/heartbeats",
    group: "runners",
    summary: "Extend the leases of all attempts of a runner",
    body: heartbeatSchema,
    answer: json(heartbeatAnswerSchema, "What the runner still has."),
  },
  getSource: {
    method: "get",
    path: "/runner/sources/{hash}",
    group: "runners",
    summary: "The list of a source's files",
    answer: json(sourceSchema, "The list."),
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
    answer: json(attemptEventsAnswerSchema, "Stored, each event once."),
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
  getOrders: {
    method: "post",
    path: "/runner/orders",
    group: "runners",
    summary: "Get what there is to do beside attempts; waits for it",
    body: ordersQuerySchema,
    answer: json(ordersSchema, "What there is to do, perhaps nothing."),
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
    answer: json(runSchema, "The run as it is now."),
  },
} as const satisfies Readonly<Record<string, Operation>>;
