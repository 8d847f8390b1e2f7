import {
  type ArtifactList,
  artifactListSchema,
  type AttemptEvents,
  attemptEventsAnswerSchema,
  type Backup,
  backupSchema,
  type Claim,
  type ClaimAnswer,
  claimAnswerSchema,
  type Complete,
  type ExecutionOutputs,
  type Health,
  type Heartbeat,
  type HeartbeatAnswer,
  healthSchema,
  type RerunRun,
  heartbeatAnswerSchema,
  type Prune,
  type Pruned,
  prunedSchema,
  type Retention,
  retentionSchema,
  type ServerStatus,
  serverStatusSchema,
  type Readiness,
  readinessSchema,
  type KeptKernel,
  type Orders,
  ordersSchema,
  type OrdersQuery,
  type ResumeRun,
  type RunRecords,
  runRecordsSchema,
  type Run,
  type RunCheck,
  runCheckSchema,
  type RunDetail,
  runDetailSchema,
  type RunEvent,
  type RunPage,
  runPageSchema,
  runSchema,
  type Source,
  sourceSchema,
  type StartedRun,
  startedRunSchema,
  type SubmitRun,
  type Verification,
  verificationSchema,
} from "@notemill/api";
import { type BackfillClient, createBackfillClient } from "./backfill-client.ts";
import { createDeliveryClient, type DeliveryClient } from "./delivery-client.ts";
import { createEnvironmentClient, type EnvironmentClient } from "./environment-client.ts";
import { executeCode, type ExecutionEvent } from "./execute-code.ts";
import { createFileClient, type FileClient } from "./file-client.ts";
import { type FollowOptions, followRun } from "./follow-run.ts";
import { createScheduleClient, type ScheduleClient } from "./schedule-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";
import { createSecretClient, type SecretClient } from "./secret-client.ts";
import { createAccessClient, type AccessClient } from "./access-client.ts";
import { createSweepClient, type SweepClient } from "./sweep-client.ts";
import { createWorkflowClient, type WorkflowClient } from "./workflow-client.ts";

/** Options of a call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Which runs are wanted, and which page of them. */
export interface ListRunsQuery {
  readonly status?: string | undefined;
  readonly tag?: string | undefined;
  readonly path?: string | undefined;
  readonly owner?: string | undefined;
  /** Only the runs of this sweep. */
  readonly sweep?: string | undefined;
  /** The last 8 to 12 digits of an id. */
  readonly id_end?: string | undefined;
  /** Whether the runs of sweeps are wanted beside the sweeps. Default true. */
  readonly children?: boolean | undefined;
  /** ISO 8601. */
  readonly since?: string | undefined;
  readonly before?: string | undefined;
  readonly limit?: number | undefined;
}

/** The API as functions. Every one throws as {@link sendRequest} does. */
export interface PlatformClient
  extends
    FileClient,
    ScheduleClient,
    SecretClient,
    AccessClient,
    SweepClient,
    BackfillClient,
    DeliveryClient,
    EnvironmentClient,
    WorkflowClient {
  health(options?: CallOptions): Promise<Health>;
  submitRun(
    run: SubmitRun,
    options?: CallOptions & { readonly idempotencyKey?: string },
  ): Promise<StartedRun>;
  listRuns(query?: ListRunsQuery, options?: CallOptions): Promise<RunPage>;
  getRun(id: string, options?: CallOptions): Promise<RunDetail>;
  cancelRun(id: string, options?: CallOptions): Promise<Run>;
  /** What a run that is over says about its source. */
  checkRun(id: string, options?: CallOptions): Promise<RunCheck>;
  /** Starts a run of the same source, with other values for the parameters that are given. */
  rerunRun(
    id: string,
    changes: RerunRun,
    options?: CallOptions & { readonly idempotencyKey?: string },
  ): Promise<StartedRun>;
  /** The bytes of the output of the last run of a notebook that succeeded. */
  latestOutput(path: string, options?: CallOptions): Promise<Uint8Array>;
  /** The bytes of the output notebook. */
  getNotebook(id: string, options?: CallOptions): Promise<Uint8Array>;
  followRun(id: string, options?: FollowOptions): AsyncIterable<RunEvent>;
  /** One page of what {@link verifyAll} does. */
  verifyRecords(
    query?: { readonly run?: string; readonly after?: number; readonly limit?: number },
    options?: CallOptions,
  ): Promise<Verification>;
  /** The records of a run's attempts that are over. */
  listRecords(id: string, options?: CallOptions): Promise<RunRecords>;
  /** The bytes of a file of a record. */
  getRecordFile(
    id: string,
    file: { readonly attempt: number; readonly name: string },
    options?: CallOptions,
  ): Promise<Uint8Array>;
  /** All records of a run as a tar archive, as it is made. */
  archiveRun(id: string, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
  /** The files that an attempt left. Default: the newest attempt that is over. */
  listArtifacts(id: string, attempt?: number, options?: CallOptions): Promise<ArtifactList>;
  /** The bytes of such a file as they come. */
  getArtifact(
    id: string,
    artifact: { readonly attempt: number; readonly name: string },
    options?: CallOptions,
  ): Promise<ReadableStream<Uint8Array>>;
  /** The policy by which the server lets runs go, and those that would go now. */
  getRetention(query?: { readonly limit?: number }, options?: CallOptions): Promise<Retention>;
  pruneRuns(policy: Prune, options?: CallOptions): Promise<Pruned>;
  ready(options?: CallOptions): Promise<Readiness>;
  /** @param options.notebook - Path of the one whose runs `memory` is of. Default: those of all. */
  status(options?: CallOptions & { readonly notebook?: string }): Promise<ServerStatus>;
  backUp(options?: CallOptions): Promise<Backup>;
  /** The numbers of the server process as text for Prometheus. */
  metrics(options?: CallOptions): Promise<string>;
  /** Executes code in the kernel that was kept for a run: its outputs as they come, then how it ended. */
  executeCode(id: string, code: string, options?: CallOptions): AsyncIterable<ExecutionEvent>;
  /** Ends the kernel that was kept for a run, before its time. */
  endKernel(id: string, options?: CallOptions): Promise<void>;
  /** Goes on from the failed cell in the kernel that was kept, in a new run. */
  resumeRun(id: string, body?: ResumeRun, options?: CallOptions): Promise<Run>;
}

/** What a runner asks of a server. Every function throws as {@link sendRequest} does. */
export interface RunnerClient {
  claim(claim: Claim, options?: CallOptions): Promise<ClaimAnswer>;
  heartbeat(heartbeat: Heartbeat, options?: CallOptions): Promise<HeartbeatAnswer>;
  /** Says that a runner ends, with nothing left to do. */
  leave(runnerId: string, options?: CallOptions): Promise<void>;
  getSource(hash: string, options?: CallOptions): Promise<Source>;
  getSourceFile(hash: string, path: string, options?: CallOptions): Promise<Uint8Array>;
  appendEvents(attemptId: string, events: AttemptEvents, options?: CallOptions): Promise<{ next: number }>;
  putRecordFile(
    attemptId: string,
    file: {
      readonly name: string;
      readonly fence: number;
      readonly sha256: string;
      /** A blob is sent as it is read. */
      readonly bytes: Uint8Array | Blob;
    },
    options?: CallOptions,
  ): Promise<void>;
  complete(attemptId: string, complete: Complete, options?: CallOptions): Promise<Run>;
  /** Waits for something to do beside attempts. */
  getOrders(query: OrdersQuery, options?: CallOptions): Promise<Orders>;
  putLiveNotebook(
    attemptId: string,
    notebook: { readonly fence: number; readonly bytes: Uint8Array },
    options?: CallOptions,
  ): Promise<void>;
  appendOutputs(executionId: string, outputs: ExecutionOutputs, options?: CallOptions): Promise<void>;
  noteKernel(attemptId: string, kernel: KeptKernel, options?: CallOptions): Promise<void>;
}

/** Makes a client. It holds nothing that has to be closed. */
export function createClient(server: ClientOptions): PlatformClient {
  const run = (id: string): string => `/runs/${encodeURIComponent(id)}`;
  return {
    ...createFileClient(server),
    ...createScheduleClient(server),
    ...createBackfillClient(server),
    ...createSecretClient(server),
    ...createAccessClient(server),
    ...createSweepClient(server),
    ...createWorkflowClient(server),
    ...createDeliveryClient(server),
    ...createEnvironmentClient(server),
    health: (options) => sendForJson(server, { method: "GET", path: "/health", ...options }, healthSchema),
    submitRun: (body, { idempotencyKey, ...options } = {}) =>
      sendForJson(
        server,
        { method: "POST", path: "/runs", body, ...keyHeader(idempotencyKey), ...options },
        startedRunSchema,
      ),
    rerunRun: (id, body, { idempotencyKey, ...options } = {}) =>
      sendForJson(
        server,
        { method: "POST", path: `${run(id)}/rerun`, body, ...keyHeader(idempotencyKey), ...options },
        startedRunSchema,
      ),
    latestOutput: (path, options) => bytesOf(server, "/notebooks/latest-output", { path }, options),
    listRuns: ({ children, ...query } = {}, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/runs", query: { ...query, children: children?.toString() }, ...options },
        runPageSchema,
      ),
    getRun: (id, options) =>
      sendForJson(server, { method: "GET", path: run(id), ...options }, runDetailSchema),
    checkRun: (id, options) =>
      sendForJson(server, { method: "GET", path: `${run(id)}/check`, ...options }, runCheckSchema),
    cancelRun: (id, options) =>
      sendForJson(server, { method: "POST", path: `${run(id)}/cancel`, ...options }, runSchema),
    getNotebook: (id, options) => bytesOf(server, `${run(id)}/notebook`, {}, options),
    followRun: (id, options) => followRun(server, id, options),
    listRecords: (id, options) =>
      sendForJson(server, { method: "GET", path: `${run(id)}/records`, ...options }, runRecordsSchema),
    getRecordFile: (id, { attempt, name }, options) =>
      bytesOf(server, `${run(id)}/records/${attempt}/file`, { name }, options),
    async archiveRun(id, options) {
      const path = `${run(id)}/archive`;
      const { body } = await sendRequest(server, { method: "GET", path, ...options });
      return body ?? new Blob([]).stream();
    },
    listArtifacts: (id, attempt, options) =>
      sendForJson(
        server,
        { method: "GET", path: `${run(id)}/artifacts`, query: { attempt }, ...options },
        artifactListSchema,
      ),
    async getArtifact(id, artifact, options) {
      const path = `${run(id)}/artifacts/file`;
      const { body } = await sendRequest(server, { method: "GET", path, query: artifact, ...options });
      return body ?? new Blob([]).stream();
    },
    executeCode: (id, code, options) => executeCode(server, id, code, options?.signal),
    async endKernel(id, options) {
      await sendRequest(server, { method: "DELETE", path: `${run(id)}/kernel`, ...options });
    },
    resumeRun: (id, body = {}, options) =>
      sendForJson(server, { method: "POST", path: `${run(id)}/resume`, body, ...options }, runSchema),
    verifyRecords: (query, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/records/verification", ...(query ? { query } : {}), ...options },
        verificationSchema,
      ),
    getRetention: (query, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/retention", ...(query ? { query } : {}), ...options },
        retentionSchema,
      ),
    pruneRuns: (body, options) =>
      sendForJson(server, { method: "POST", path: "/retention", body, ...options }, prunedSchema),
    ready: (options) => sendForJson(server, { method: "GET", path: "/ready", ...options }, readinessSchema),
    status: ({ notebook, ...options } = {}) => {
      const query = notebook === undefined ? {} : { query: { path: notebook } };
      return sendForJson(
        server,
        { method: "GET", path: "/status", ...query, ...options },
        serverStatusSchema,
      );
    },
    backUp: (options) => sendForJson(server, { method: "POST", path: "/backups", ...options }, backupSchema),
    async metrics(options) {
      // They are where Prometheus looks for them, and not a part of the API.
      const response = await sendRequest(server, { method: "GET", path: "/../../metrics", ...options });
      return response.text();
    },
  };
}

/** Makes a runner's client. */
export function createRunnerClient(server: ClientOptions): RunnerClient {
  const attempt = (id: string): string => `/runner/attempts/${encodeURIComponent(id)}`;
  const source = (hash: string): string => `/runner/sources/${encodeURIComponent(hash)}`;
  return {
    claim: (body, options) =>
      sendForJson(server, { method: "POST", path: "/runner/claims", body, ...options }, claimAnswerSchema),
    heartbeat: (body, options) =>
      sendForJson(
        server,
        { method: "POST", path: "/runner/heartbeats", body, ...options },
        heartbeatAnswerSchema,
      ),
    async leave(runnerId, options) {
      const body = { runner_id: runnerId };
      await sendRequest(server, { method: "POST", path: "/runner/leave", body, ...options });
    },
    getSource: (hash, options) =>
      sendForJson(server, { method: "GET", path: source(hash), ...options }, sourceSchema),
    getSourceFile: (hash, path, options) => bytesOf(server, `${source(hash)}/file`, { path }, options),
    appendEvents: (id, body, options) =>
      sendForJson(
        server,
        { method: "POST", path: `${attempt(id)}/events`, body, ...options },
        attemptEventsAnswerSchema,
      ),
    async putRecordFile(id, { name, fence, sha256, bytes }, options) {
      const path = `${attempt(id)}/files/${encodeURIComponent(name)}`;
      await sendRequest(server, { method: "PUT", path, query: { fence, sha256 }, body: bytes, ...options });
    },
    complete: (id, body, options) =>
      sendForJson(server, { method: "POST", path: `${attempt(id)}/complete`, body, ...options }, runSchema),
    getOrders: (body, options) =>
      sendForJson(server, { method: "POST", path: "/runner/orders", body, ...options }, ordersSchema),
    async putLiveNotebook(id, { fence, bytes }, options) {
      const path = `${attempt(id)}/notebook`;
      await sendRequest(server, { method: "PUT", path, query: { fence }, body: bytes, ...options });
    },
    async appendOutputs(id, body, options) {
      const path = `/runner/executions/${encodeURIComponent(id)}/outputs`;
      await sendRequest(server, { method: "POST", path, body, ...options });
    },
    async noteKernel(id, body, options) {
      await sendRequest(server, { method: "PUT", path: `${attempt(id)}/kernel`, body, ...options });
    },
  };
}

function keyHeader(key: string | undefined): { headers?: Readonly<Record<string, string>> } {
  return key === undefined ? {} : { headers: { "idempotency-key": key } };
}

async function bytesOf(
  server: ClientOptions,
  path: string,
  query: Readonly<Record<string, string>>,
  options: CallOptions = {},
): Promise<Uint8Array> {
  const response = await sendRequest(server, { method: "GET", path, query, ...options });
  return new Uint8Array(await response.arrayBuffer());
}
