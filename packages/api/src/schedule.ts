import { z } from "zod";
import { askedRulesSchema } from "./delivery.ts";
import { warningsField } from "./parameter-warning.ts";
import { prioritySchema, tagsSchema } from "./run.ts";
import { askedSettingsSchema, kernelNameSchema, runSettingsSchema } from "./run-settings.ts";
import { clockChangeSchema, nextSlotSchema, slotSchema } from "./schedule-slot.ts";
import {
  catchUpSchema,
  concurrencySchema,
  scheduleSpecSchema,
  slotParametersSchema,
} from "./schedule-spec.ts";
import { scheduledSweepSchema } from "./sweep.ts";

const time = z.string().meta({ format: "date-time" });

const followsSchema = z.enum(["workspace", "promoted"]).meta({
  id: "Follows",
  description: "Whether a run reads the notebook as it is then, or as it was promoted.",
});

const seconds = z.number().min(0).max(86_400);

const fields = {
  path: z.string().min(1).meta({ description: "Virtual path of the notebook that is run." }),
  workflow: z.string().min(1).max(200).meta({
    description: "Name of the workflow that is started, by its active version, in place of a notebook.",
  }),
  name: z.string().min(1).max(200).meta({ description: "Default: that of the notebook or the workflow." }),
  spec: scheduleSpecSchema,
  parameters: slotParametersSchema,
  sweep: scheduledSweepSchema
    .nullable()
    .meta({ description: "Each slot starts a sweep over these values in place of one run. Default: null." }),
  kernel_name: kernelNameSchema.nullable().meta({ description: "Kernel in place of the notebook's." }),
  files: z
    .array(z.string().min(1))
    .max(1000)
    .meta({ description: "Files that the notebook reads, relative to it; globs are allowed." }),
  priority: prioritySchema,
  tags: tagsSchema.meta({ description: "Words to find the runs by." }),
  ...askedSettingsSchema.shape,
  follows: followsSchema,
  catch_up: catchUpSchema,
  concurrency: concurrencySchema,
  max_jitter_seconds: seconds.meta({ description: "The longest delay of a slot. Default 0." }),
  grace_seconds: seconds.meta({
    description: "How late a slot may start before it counts as missed. Default 60.",
  }),
};

/** Everything but the spec, and one of path and workflow, may be left out. */
export const createScheduleSchema = z
  .strictObject({
    ...z.strictObject(fields).partial().shape,
    spec: fields.spec,
    deliveries: askedRulesSchema.optional().meta({ description: "Who is told what of its runs." }),
  })
  .meta({ id: "CreateSchedule" });

/** See {@link createScheduleSchema}. */
export type CreateSchedule = z.input<typeof createScheduleSchema>;

/** What is left out stays as it is. */
export const updateScheduleSchema = z.strictObject(fields).partial().meta({ id: "UpdateSchedule" });

/** See {@link updateScheduleSchema}. */
export type UpdateSchedule = z.input<typeof updateScheduleSchema>;

/** A rule that starts runs of a notebook, or of a workflow. */
export const scheduleSchema = z
  .object({
    id: z.uuid(),
    owner: z.string(),
    name: z.string(),
    path: z.string().nullable().meta({ description: "Null where a workflow is started." }),
    workflow: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .meta({ description: "Null where a notebook is run." }),
    spec: scheduleSpecSchema,
    in_words: z.string().meta({ description: "The spec in plain English." }),
    parameters: slotParametersSchema,
    sweep: scheduledSweepSchema.nullable().meta({ description: "Null where each slot is one run." }),
    kernel_name: z.string().nullable(),
    files: z.array(z.string()),
    priority: z.int(),
    tags: z.array(z.string()),
    settings: runSettingsSchema.meta({ id: "ScheduleSettings" }),
    follows: followsSchema,
    source_hash: z.string().nullable().meta({ description: "The source that was promoted." }),
    catch_up: catchUpSchema,
    concurrency: concurrencySchema,
    max_jitter_seconds: z.number(),
    grace_seconds: z.number(),
    paused: z
      .object({ at: time, by: z.string(), reason: z.string().nullable() })
      .nullable()
      .meta({ description: "Null for one that is not paused." }),
    stalled: z
      .object({
        since: time,
        tries: z.int(),
        code: z.string(),
        message: z.string().meta({ description: "Why, and what helps." }),
      })
      .nullable()
      .meta({
        description:
          "What keeps one that is due from being fired; null for nothing. It is tried again at `next_fire_at`, less and less often.",
      }),
    next_fire_at: time.nullable().meta({ description: "When the server looks at it next." }),
    created_at: time,
    updated_at: time,
    deleted_at: time.nullable(),
  })
  .meta({ id: "Schedule" });

/** See {@link scheduleSchema}. */
export type Schedule = z.infer<typeof scheduleSchema>;

/** A schedule, and its next ten slots. */
export const scheduleDetailSchema = scheduleSchema
  .extend({ next_slots: z.array(nextSlotSchema), clock_change: clockChangeSchema })
  .meta({ id: "ScheduleDetail" });

/** See {@link scheduleDetailSchema}. */
export type ScheduleDetail = z.infer<typeof scheduleDetailSchema>;

/** A schedule that was just made or changed. */
export const savedScheduleSchema = scheduleDetailSchema.extend(warningsField).meta({ id: "SavedSchedule" });

/** See {@link savedScheduleSchema}. */
export type SavedSchedule = z.infer<typeof savedScheduleSchema>;

const before = z.uuid().optional().meta({ description: "`next` of the page before." });
const limit = z.coerce.number().int().min(1).max(200).default(50);

/** What a list of schedules can be asked. */
export const listSchedulesSchema = z.object({
  name: z.string().optional().meta({ description: "Only the one of this name." }),
  before,
  limit,
});

/** A schedule as lists have it. */
const listedScheduleSchema = scheduleSchema
  .extend({
    last_slot: slotSchema
      .nullable()
      .meta({ description: "What became of the newest slot; null where there is none yet." }),
  })
  .meta({ id: "ListedSchedule" });

/** See {@link schedulePageSchema}. */
export type ListedSchedule = z.infer<typeof listedScheduleSchema>;

/** One page of schedules, newest first. */
export const schedulePageSchema = z
  .object({ schedules: z.array(listedScheduleSchema), next: z.uuid().nullable() })
  .meta({ id: "SchedulePage" });

/** See {@link schedulePageSchema}. */
export type SchedulePage = z.infer<typeof schedulePageSchema>;

/** Why a schedule is paused. */
export const pauseScheduleSchema = z
  .strictObject({ reason: z.string().max(1000).optional() })
  .meta({ id: "PauseSchedule" });

/** See {@link pauseScheduleSchema}. */
export type PauseSchedule = z.infer<typeof pauseScheduleSchema>;
