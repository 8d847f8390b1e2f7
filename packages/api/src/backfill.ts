import { z } from "zod";
import { warningsField } from "./parameter-warning.ts";
import { rawJson } from "./raw-json-value.ts";

const time = z.string().meta({ format: "date-time" });

const edge = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .meta({ description: "As `2026-03-29T06:00:00Z`, or a day as the schedule's time zone has it." });

const concurrencySchema = z
  .int()
  .min(1)
  .max(100)
  .meta({ description: "The most of its runs that are under way at a time. Default 1." });

/** Which slots of a schedule are run once more, or for the first time. */
export const createBackfillSchema = z
  .strictObject({
    from: edge,
    until: edge.meta({ description: "The end of the range, which is not in it." }),
    concurrency: concurrencySchema.optional(),
    only_missing: z.boolean().optional().meta({
      description: "Leave out slots for which a run has succeeded already. Default false.",
    }),
  })
  .meta({ id: "CreateBackfill" });

/** See {@link createBackfillSchema}. */
export type CreateBackfill = z.infer<typeof createBackfillSchema>;

const parametersSchema = rawJson({ type: "object", description: "As the run of this slot gets them." });

/** What a backfill would do. */
export const backfillPlanSchema = z
  .object({
    from: time,
    until: time,
    slots: z.array(
      z.object({
        slot: time,
        local: z
          .string()
          .meta({ description: "On the wall clock of the schedule's time zone, with its offset." }),
        parameters: parametersSchema,
      }),
    ),
    left_out: z.int().meta({ description: "How many slots have succeeded already and are left out." }),
    is_sweep: z.boolean().meta({ description: "Whether each slot is a sweep." }),
    runs: z
      .int()
      .meta({ description: "How many runs there would be: one for each slot, or those of its sweep." }),
    ...warningsField,
  })
  .meta({ id: "BackfillPlan" });

/** See {@link backfillPlanSchema}. */
export type BackfillPlan = z.infer<typeof backfillPlanSchema>;

/** A backfill as a whole. */
export const backfillSchema = z
  .object({
    id: z.uuid(),
    owner: z.string(),
    schedule_id: z.uuid(),
    path: z.string().nullable().meta({ description: "The notebook of its runs; null for a workflow." }),
    source_hash: z
      .string()
      .nullable()
      .meta({ description: "The source that all its runs read; null for a workflow." }),
    workflow: z.string().nullable().meta({ description: "The workflow that it starts, by name." }),
    workflow_version: z.int().nullable().meta({ description: "The version that all its starts take." }),
    from: time,
    until: time,
    concurrency: concurrencySchema,
    state: z.enum(["running", "paused", "cancelling", "cancelled", "succeeded", "failed"]).meta({
      description: "`failed`: it is over, and not every run has succeeded. The last three are final.",
    }),
    counts: z
      .object({
        waiting: z.int(),
        running: z.int().meta({ description: "Those that wait for a runner too." }),
        succeeded: z.int(),
        failed: z.int().meta({ description: "Those that timed out or were lost too." }),
        cancelled: z.int(),
      })
      .meta({ description: "How many of its slots are where." }),
    cancelled_by: z.string().nullable(),
    created_at: time,
    finished_at: time.nullable(),
  })
  .meta({ id: "Backfill" });

/** See {@link backfillSchema}. */
export type Backfill = z.infer<typeof backfillSchema>;

/** A backfill that was just made. */
export const createdBackfillSchema = backfillSchema.extend(warningsField).meta({ id: "CreatedBackfill" });

/** See {@link createdBackfillSchema}. */
export type CreatedBackfill = z.infer<typeof createdBackfillSchema>;

const limit = z.coerce.number().int().min(1).max(200).default(50);

/** What a list of backfills can be asked. */
export const listBackfillsSchema = z.object({
  before: z.uuid().optional().meta({ description: "`next` of the page before." }),
  limit,
});

/** One page of backfills, newest first. */
export const backfillPageSchema = z
  .object({ backfills: z.array(backfillSchema), next: z.uuid().nullable() })
  .meta({ id: "BackfillPage" });

/** See {@link backfillPageSchema}. */
export type BackfillPage = z.infer<typeof backfillPageSchema>;

/** What a list of the slots of a backfill can be asked. */
export const listBackfillSlotsSchema = z.object({
  after: z.iso.datetime({ offset: true }).optional().meta({ description: "`next` of the page before." }),
  limit,
});

/** One page of the slots of a backfill, oldest first. */
export const backfillSlotPageSchema = z
  .object({
    slots: z.array(
      z.object({
        slot: time,
        state: z.enum(["waiting", "started", "over", "cancelled"]),
        parameters: parametersSchema,
        run_id: z.uuid().nullable(),
        workflow_run_id: z.uuid().nullable(),
        run_status: z.string().nullable().meta({ description: "Of the run or the workflow-run." }),
      }),
    ),
    next: time.nullable(),
  })
  .meta({ id: "BackfillSlotPage" });

/** See {@link backfillSlotPageSchema}. */
export type BackfillSlotPage = z.infer<typeof backfillSlotPageSchema>;
