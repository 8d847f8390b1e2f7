import {
  type AttemptEvents,
  attemptEventsAnswerSchema,
  type Backup,
  backupSchema,
  type Claim,
  type ClaimAnswer,
  claimAnswerSchema,
  type Complete,
  type Health,
  type Heartbeat,
  type HeartbeatAnswer,
  healthSchema,
  heartbeatAnswerSchema,
  type Prune,
  type Pruned,
  prunedSchema,
  type Readiness,
  readinessSchema,
  type Run,
  type RunDetail,
  runDetailSchema,
  type RunEvent,
  type RunPage,
  runPageSchema,
  runSchema,
  type Source,
  sourceSchema,
  type SubmitRun,
  type Verification,
  verificationSchema,
} from "@notemill/api";
import { type FollowOptions, followRun } from "./follow-run.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** Options of a call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The API as functions. Every one throws as {@link sendRequest} does. */
export interface PlatformClient {
  health(options?: CallOptions): Promise<Health>;
  submitRun(run: SubmitRun, options?: CallOptions & { readonly idempotencyKey?: string }): Promise<Run>;
  listRuns(
    query?: { readonly status?: string; readonly before?: string; readonly limit?: number },
    options?: CallOptions,
  ): Promise<RunPage>;
  getRun(id: string, options?: CallOptions): Promise<RunDetail>;
  cancelRun(id: string, options?: CallOptions): Promise<Run>;
  /** The bytes of the output notebook. */
  getNotebook(id: string, options?: CallOptions): Promise<Uint8Array>;
  followRun(id: string, options?: FollowOptions): AsyncIterable<RunEvent>;
  /** One page of what {@link verifyAll} does. */
  verifyRecords(
    query?: { readonly run?: string; readonly after?: number; readonly limit?: number },
    options?: CallOptions,
  ): Promise<Verification>;
  pruneRuns(policy: Prune, options?: CallOptions): Promise<Pruned>;
  ready(options?: CallOptions): Promise<Readiness>;
  backUp(options?: CallOptions): Promise<Backup>;
  /** The numbers of the server process as text for Prometheus. */
  metrics(options?: CallOptions): Promise<string>;
}

/** What a runner asks of a server. Every function throws as {@link sendRequest} does. */
export interface RunnerClient {
  claim(claim: Claim, options?: CallOptions): Promise<ClaimAnswer>;
  heartbeat(heartbeat: Heartbeat, options?: CallOptions): Promise<HeartbeatAnswer>;
  getSource(hash: string, options?: CallOptions): Promise<Source>;
  getSourceFile(hash: string, path: string, options?: CallOptions): Promise<Uint8Array>;
  appendEvents(attemptId: string, events: AttemptEvents, options?: CallOptions): Promise<{ next: number }>;
  putRecordFile(
    attemptId: string,
    file: {
      readonly name: string;
      readonly fence: number;
      readonly sha256: string;
      readonly bytes: Uint8Array;
    },
    options?: CallOptions,
  ): Promise<void>;
  complete(attemptId: string, complete: Complete, options?: CallOptions): Promise<Run>;
}

/** Makes a client. It holds nothing that has to be closed. */
export function createClient(server: ClientOptions): PlatformClient {
  const run = (id: string): string => `/runs/${encodeURIComponent(id)}`;
  return {
    health: (options) => sendForJson(server, { method: "GET", path: "/health", ...options }, healthSchema),
    submitRun: (body, { idempotencyKey, ...options } = {}) =>
      sendForJson(
        server,
        {
          method: "POST",
          path: "/runs",
          body,
          ...(idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } }),
          ...options,
        },
        runSchema,
      ),
    listRuns: (query, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/runs", ...(query ? { query } : {}), ...options },
        runPageSchema,
      ),
    getRun: (id, options) =>
      sendForJson(server, { method: "GET", path: run(id), ...options }, runDetailSchema),
    cancelRun: (id, options) =>
      sendForJson(server, { method: "POST", path: `${run(id)}/cancel`, ...options }, runSchema),
    getNotebook: (id, options) => bytesOf(server, `${run(id)}/notebook`, {}, options),
    followRun: (id, options) => followRun(server, id, options),
    verifyRecords: (query, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/records/verification", ...(query ? { query } : {}), ...options },
        verificationSchema,
      ),
    pruneRuns: (body, options) =>
      sendForJson(server, { method: "POST", path: "/retention", body, ...options }, prunedSchema),
    ready: (options) => sendForJson(server, { method: "GET", path: "/ready", ...options }, readinessSchema),
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
  };
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
