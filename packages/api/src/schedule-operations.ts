import type { Operation } from "./operation.ts";
import {
  createScheduleSchema,
  listSchedulesSchema,
  pauseScheduleSchema,
  savedScheduleSchema,
  scheduleDetailSchema,
  schedulePageSchema,
  scheduleSchema,
  updateScheduleSchema,
} from "./schedule.ts";
import { scheduleDiffSchema } from "./schedule-diff.ts";
import {
  listSlotsSchema,
  previewScheduleSchema,
  runScheduleSchema,
  schedulePreviewSchema,
  scheduleRunSchema,
  slotPageSchema,
} from "./schedule-slot.ts";
import { webhookAnswerSchema, webhookBodySchema, webhookSecretSchema } from "./webhook.ts";

/** The operations on schedules. */
export const SCHEDULE_OPERATIONS = {
  createSchedule: {
    method: "post",
    path: "/schedules",
    group: "schedules",
    summary: "Make a schedule; its notebook and parameters are checked with its next slot",
    body: createScheduleSchema,
    answer: { status: 201, schema: savedScheduleSchema, description: "The schedule." },
  },
  listSchedules: {
    method: "get",
    path: "/schedules",
    group: "schedules",
    summary: "List schedules, newest first",
    query: listSchedulesSchema,
    answer: { status: 200, schema: schedulePageSchema, description: "One page." },
  },
  previewSchedule: {
    method: "post",
    path: "/schedules/preview",
    group: "schedules",
    needs: "read",
    summary: "The next slots of a spec, which need not be saved",
    body: previewScheduleSchema,
    answer: { status: 200, schema: schedulePreviewSchema, description: "The slots." },
  },
  getSchedule: {
    method: "get",
    path: "/schedules/{id}",
    group: "schedules",
    summary: "A schedule and its next ten slots; one that was deleted too",
    answer: { status: 200, schema: scheduleDetailSchema, description: "The schedule." },
  },
  updateSchedule: {
    method: "patch",
    path: "/schedules/{id}",
    group: "schedules",
    summary: "Change a schedule; with another spec it goes on from now",
    body: updateScheduleSchema,
    answer: { status: 200, schema: savedScheduleSchema, description: "The schedule as it is now." },
  },
  deleteSchedule: {
    method: "delete",
    path: "/schedules/{id}",
    group: "schedules",
    summary: "End a schedule; its slots and runs stay",
    answer: { status: 204, description: "It is over." },
  },
  listSlots: {
    method: "get",
    path: "/schedules/{id}/slots",
    group: "schedules",
    summary: "What became of the slots of a schedule, newest first",
    query: listSlotsSchema,
    answer: { status: 200, schema: slotPageSchema, description: "One page." },
  },
  pauseSchedule: {
    method: "post",
    path: "/schedules/{id}/pause",
    group: "schedules",
    summary: "Stop a schedule until it is resumed; what runs goes on",
    body: pauseScheduleSchema,
    answer: { status: 200, schema: scheduleSchema, description: "The schedule as it is now." },
  },
  resumeSchedule: {
    method: "post",
    path: "/schedules/{id}/resume",
    group: "schedules",
    summary: "Let a paused schedule go on from now",
    answer: { status: 200, schema: scheduleSchema, description: "The schedule as it is now." },
  },
  promoteSchedule: {
    method: "post",
    path: "/schedules/{id}/promote",
    group: "schedules",
    summary: "Make the notebook as it is now what the schedule runs from here on",
    answer: { status: 200, schema: scheduleSchema, description: "The schedule as it is now." },
  },
  diffSchedule: {
    method: "get",
    path: "/schedules/{id}/diff",
    group: "schedules",
    summary: "How the notebook and its files differ now from what was promoted",
    answer: { status: 200, schema: scheduleDiffSchema, description: "What a promotion would change." },
  },
  renewWebhookSecret: {
    method: "post",
    path: "/schedules/{id}/webhook-secret",
    group: "schedules",
    summary: "Make a new secret for the webhook of a schedule; without one it lets nobody in",
    answer: { status: 201, schema: webhookSecretSchema, description: "The secret; the one before is void." },
  },
  callWebhook: {
    method: "post",
    path: "/hooks/{id}",
    group: "schedules",
    summary: "Make a slot of a schedule, with the body as trigger.body; the secret of the webhook lets in",
    isOpen: true,
    headers: [
      { name: "Authorization", description: "`Bearer SECRET`; or one of the signatures." },
      {
        name: "Notemill-Signature-256",
        description: "`sha256=` and the HMAC of the body, in hexadecimal; X-Hub-Signature-256 is the same.",
      },
      {
        name: "Webhook-Signature",
        description: "As Standard Webhooks has it, with Webhook-Id and Webhook-Timestamp.",
      },
      {
        name: "Notemill-Delivery",
        description:
          "Requests with the same one make one slot; also X-GitHub-Delivery, Webhook-Id or Idempotency-Key.",
      },
    ],
    body: webhookBodySchema,
    answer: { status: 202, schema: webhookAnswerSchema, description: "The slot." },
  },
  runSchedule: {
    method: "post",
    path: "/schedules/{id}/run",
    group: "schedules",
    needs: "submit",
    summary: "Start a run of a schedule by hand, whatever else it has under way",
    headers: [
      {
        name: "Idempotency-Key",
        description: "Requests with the same key start one run; the answer names it.",
      },
    ],
    body: runScheduleSchema,
    answer: { status: 201, schema: scheduleRunSchema, description: "The run, or the workflow-run." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
