import {
  backfillPageSchema,
  backfillPlanSchema,
  backfillSchema,
  backfillSlotPageSchema,
  createBackfillSchema,
  createdBackfillSchema,
  listBackfillSlotsSchema,
  listBackfillsSchema,
} from "./backfill.ts";
import type { Operation } from "./operation.ts";

/** The operations on backfills. */
export const BACKFILL_OPERATIONS = {
  previewBackfill: {
    method: "post",
    path: "/schedules/{id}/backfills/preview",
    group: "schedules",
    needs: "read",
    summary: "The runs that a backfill would make, with their parameters; nothing is started",
    body: createBackfillSchema,
    answer: { status: 200, schema: backfillPlanSchema, description: "The runs, oldest slot first." },
  },
  createBackfill: {
    method: "post",
    path: "/schedules/{id}/backfills",
    group: "schedules",
    summary: "Make a run for each slot of a range; one range at a time",
    body: createBackfillSchema,
    answer: {
      status: 201,
      schema: createdBackfillSchema,
      description: "The backfill, whose runs begin to start.",
    },
  },
  listBackfills: {
    method: "get",
    path: "/schedules/{id}/backfills",
    group: "schedules",
    summary: "List the backfills of a schedule, newest first",
    query: listBackfillsSchema,
    answer: { status: 200, schema: backfillPageSchema, description: "One page." },
  },
  getBackfill: {
    method: "get",
    path: "/backfills/{id}",
    group: "schedules",
    summary: "A backfill as a whole",
    answer: { status: 200, schema: backfillSchema, description: "The backfill." },
  },
  listBackfillSlots: {
    method: "get",
    path: "/backfills/{id}/slots",
    group: "schedules",
    summary: "The slots of a backfill and their runs, oldest first",
    query: listBackfillSlotsSchema,
    answer: { status: 200, schema: backfillSlotPageSchema, description: "One page." },
  },
  pauseBackfill: {
    method: "post",
    path: "/backfills/{id}/pause",
    group: "schedules",
    summary: "Start no more runs of a backfill until it is resumed; what runs goes on",
    answer: { status: 200, schema: backfillSchema, description: "The backfill as it is now." },
  },
  resumeBackfill: {
    method: "post",
    path: "/backfills/{id}/resume",
    group: "schedules",
    summary: "Let a paused backfill go on",
    answer: { status: 200, schema: backfillSchema, description: "The backfill as it is now." },
  },
  cancelBackfill: {
    method: "post",
    path: "/backfills/{id}/cancel",
    group: "schedules",
    summary: "End a backfill and its runs",
    answer: {
      status: 200,
      schema: backfillSchema,
      description: "The backfill; it is over when its runs are.",
    },
  },
} as const satisfies Readonly<Record<string, Operation>>;
