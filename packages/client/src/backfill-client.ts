import {
  type Backfill,
  type BackfillPage,
  backfillPageSchema,
  type BackfillPlan,
  backfillPlanSchema,
  backfillSchema,
  type BackfillSlotPage,
  backfillSlotPageSchema,
  type CreateBackfill,
  type CreatedBackfill,
  createdBackfillSchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson } from "./send-request.ts";

/** The part of the API that is about backfills. Every function throws as {@link sendRequest} does. */
export interface BackfillClient {
  previewBackfill(scheduleId: string, range: CreateBackfill, options?: CallOptions): Promise<BackfillPlan>;
  createBackfill(scheduleId: string, range: CreateBackfill, options?: CallOptions): Promise<CreatedBackfill>;
  listBackfills(
    scheduleId: string,
    query?: { readonly before?: string | undefined; readonly limit?: number | undefined },
    options?: CallOptions,
  ): Promise<BackfillPage>;
  getBackfill(id: string, options?: CallOptions): Promise<Backfill>;
  listBackfillSlots(
    id: string,
    query?: { readonly after?: string; readonly limit?: number },
    options?: CallOptions,
  ): Promise<BackfillSlotPage>;
  pauseBackfill(id: string, options?: CallOptions): Promise<Backfill>;
  resumeBackfill(id: string, options?: CallOptions): Promise<Backfill>;
  cancelBackfill(id: string, options?: CallOptions): Promise<Backfill>;
}

/** Makes the part of a client that is about backfills. */
export function createBackfillClient(server: ClientOptions): BackfillClient {
  const of = (scheduleId: string): string => `/schedules/${encodeURIComponent(scheduleId)}/backfills`;
  const one = (id: string): string => `/backfills/${encodeURIComponent(id)}`;
  const change =
    (verb: string) =>
    (id: string, options?: CallOptions): Promise<Backfill> =>
      sendForJson(server, { method: "POST", path: `${one(id)}/${verb}`, ...options }, backfillSchema);
  return {
    previewBackfill: (id, body, options) =>
      sendForJson(
        server,
        { method: "POST", path: `${of(id)}/preview`, body, ...options },
        backfillPlanSchema,
      ),
    createBackfill: (id, body, options) =>
      sendForJson(server, { method: "POST", path: of(id), body, ...options }, createdBackfillSchema),
    listBackfills: (id, query, options) =>
      sendForJson(
        server,
        { method: "GET", path: of(id), ...(query ? { query } : {}), ...options },
        backfillPageSchema,
      ),
    getBackfill: (id, options) =>
      sendForJson(server, { method: "GET", path: one(id), ...options }, backfillSchema),
    listBackfillSlots: (id, query, options) =>
      sendForJson(
        server,
        { method: "GET", path: `${one(id)}/slots`, ...(query ? { query } : {}), ...options },
        backfillSlotPageSchema,
      ),
    pauseBackfill: change("pause"),
    resumeBackfill: change("resume"),
    cancelBackfill: change("cancel"),
  };
}
