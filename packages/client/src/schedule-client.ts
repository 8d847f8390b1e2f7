import {
  type CreateSchedule,
  type PauseSchedule,
  type PreviewSchedule,
  type ScheduleRun,
  scheduleRunSchema,
  type RunSchedule,
  type SavedSchedule,
  savedScheduleSchema,
  type Schedule,
  type ScheduleDetail,
  scheduleDetailSchema,
  type ScheduleDiff,
  scheduleDiffSchema,
  type SchedulePage,
  schedulePageSchema,
  type SchedulePreview,
  schedulePreviewSchema,
  scheduleSchema,
  type SlotPage,
  slotPageSchema,
  type UpdateSchedule,
  type WebhookSecret,
  webhookSecretSchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** The part of the API that is about schedules. Every function throws as {@link sendRequest} does. */
export interface ScheduleClient {
  createSchedule(schedule: CreateSchedule, options?: CallOptions): Promise<SavedSchedule>;
  listSchedules(
    query?: {
      readonly name?: string | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    },
    options?: CallOptions,
  ): Promise<SchedulePage>;
  previewSchedule(preview: PreviewSchedule, options?: CallOptions): Promise<SchedulePreview>;
  getSchedule(id: string, options?: CallOptions): Promise<ScheduleDetail>;
  updateSchedule(id: string, changes: UpdateSchedule, options?: CallOptions): Promise<SavedSchedule>;
  deleteSchedule(id: string, options?: CallOptions): Promise<void>;
  listSlots(
    id: string,
    query?: { readonly before?: string | undefined; readonly limit?: number | undefined },
    options?: CallOptions,
  ): Promise<SlotPage>;
  pauseSchedule(id: string, pause?: PauseSchedule, options?: CallOptions): Promise<Schedule>;
  resumeSchedule(id: string, options?: CallOptions): Promise<Schedule>;
  promoteSchedule(id: string, options?: CallOptions): Promise<Schedule>;
  diffSchedule(id: string, options?: CallOptions): Promise<ScheduleDiff>;
  /** Makes a new secret for the webhook of a schedule, which is shown this once. */
  renewWebhookSecret(id: string, options?: CallOptions): Promise<WebhookSecret>;
  runSchedule(
    id: string,
    run?: RunSchedule,
    options?: CallOptions & { readonly idempotencyKey?: string },
  ): Promise<ScheduleRun>;
}

/** Makes the part of a client that is about schedules. */
export function createScheduleClient(server: ClientOptions): ScheduleClient {
  const one = (id: string): string => `/schedules/${encodeURIComponent(id)}`;
  return {
    createSchedule: (body, options) =>
      sendForJson(server, { method: "POST", path: "/schedules", body, ...options }, savedScheduleSchema),
    listSchedules: (query, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/schedules", ...(query ? { query } : {}), ...options },
        schedulePageSchema,
      ),
    previewSchedule: (body, options) =>
      sendForJson(
        server,
        { method: "POST", path: "/schedules/preview", body, ...options },
        schedulePreviewSchema,
      ),
    getSchedule: (id, options) =>
      sendForJson(server, { method: "GET", path: one(id), ...options }, scheduleDetailSchema),
    updateSchedule: (id, body, options) =>
      sendForJson(server, { method: "PATCH", path: one(id), body, ...options }, savedScheduleSchema),
    async deleteSchedule(id, options) {
      await sendRequest(server, { method: "DELETE", path: one(id), ...options });
    },
    listSlots: (id, query, options) =>
      sendForJson(
        server,
        { method: "GET", path: `${one(id)}/slots`, ...(query ? { query } : {}), ...options },
        slotPageSchema,
      ),
    pauseSchedule: (id, body = {}, options) =>
      sendForJson(server, { method: "POST", path: `${one(id)}/pause`, body, ...options }, scheduleSchema),
    resumeSchedule: (id, options) =>
      sendForJson(server, { method: "POST", path: `${one(id)}/resume`, ...options }, scheduleSchema),
    promoteSchedule: (id, options) =>
      sendForJson(server, { method: "POST", path: `${one(id)}/promote`, ...options }, scheduleSchema),
    diffSchedule: (id, options) =>
      sendForJson(server, { method: "GET", path: `${one(id)}/diff`, ...options }, scheduleDiffSchema),
    renewWebhookSecret: (id, options) =>
      sendForJson(
        server,
        { method: "POST", path: `${one(id)}/webhook-secret`, ...options },
        webhookSecretSchema,
      ),
    runSchedule: (id, body = {}, { idempotencyKey, ...options } = {}) =>
      sendForJson(
        server,
        {
          method: "POST",
          path: `${one(id)}/run`,
          body,
          ...(idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } }),
          ...options,
        },
        scheduleRunSchema,
      ),
  };
}
