import {
  type RetrySweep,
  type Run,
  runSchema,
  type StartedRun,
  startedRunSchema,
  type SubmitSweep,
  type SweepPage,
  sweepPageSchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson } from "./send-request.ts";

/** The part of the API that is about sweeps. Every function throws as {@link sendForJson} does. */
export interface SweepClient {
  submitSweep(
    sweep: SubmitSweep,
    options?: CallOptions & { readonly idempotencyKey?: string },
  ): Promise<StartedRun>;
  getSweep(
    id: string,
    query?: { readonly after?: number; readonly limit?: number },
    options?: CallOptions,
  ): Promise<SweepPage>;
  /** Makes those runs again that did not succeed, in a new sweep. */
  retrySweep(
    id: string,
    retry?: RetrySweep,
    options?: CallOptions & { readonly idempotencyKey?: string },
  ): Promise<Run>;
}

/** Makes the part of a client that is about sweeps. */
export function createSweepClient(server: ClientOptions): SweepClient {
  const one = (id: string): string => `/sweeps/${encodeURIComponent(id)}`;
  return {
    submitSweep: (body, { idempotencyKey, ...options } = {}) =>
      sendForJson(
        server,
        { method: "POST", path: "/sweeps", body, ...keyHeader(idempotencyKey), ...options },
        startedRunSchema,
      ),
    getSweep: (id, query, options) =>
      sendForJson(
        server,
        { method: "GET", path: one(id), ...(query ? { query } : {}), ...options },
        sweepPageSchema,
      ),
    retrySweep: (id, body = {}, { idempotencyKey, ...options } = {}) =>
      sendForJson(
        server,
        { method: "POST", path: `${one(id)}/retry`, body, ...keyHeader(idempotencyKey), ...options },
        runSchema,
      ),
  };
}

function keyHeader(key: string | undefined): { headers?: Readonly<Record<string, string>> } {
  return key === undefined ? {} : { headers: { "idempotency-key": key } };
}
