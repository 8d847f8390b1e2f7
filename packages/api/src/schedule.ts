import { z } from "zod";
import { warningsField } from "./parameter-warning.ts";
import { rawJson } from "./raw-json-value.ts";
import { askedRulesSchema } from "./delivery.ts";
import { finalStatusSchema, prioritySchema, runSchema, tagsSchema } from "./run.ts";
import { askedSettingsSchema, kernelNameSchema, runSettingsSchema } from "./run-settings.ts";
import { scheduledSweepSchema } from "./sweep.ts";
import { workflowRunSchema } from "./workflow.ts";

const time = z.string().meta({ format: "date-time" });

/** An instant that a client gives. */
const instant = z.iso.datetime({ offset: true }).meta({ description: "As `2026-03-29T06:00:00Z`." });

/** When a schedule has its slots. */
export const scheduleSpecSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("cron"),
      cron: z.string().max(1000).meta({
        description:
          "Five fields (minute, hour, day of month, month, day of week), or `@hourly` … `@yearly`.",
      }),
      time_zone: z.string().max(100).default("UTC").meta({ description: "As `Europe/London`. Default UTC." }),
    }),
    z.strictObject({
      kind: z.literal("interval"),
      every_seconds: z.number().min(1).max(315_360_000),
      anchor: instant.optional().meta({
        description:
          "Slots are this instant and every so often after it. Default: when the schedule is made.",
      }),
    }),
    z.strictObject({ kind: z.literal("once"), at: instant }),
    z.strictObject({
      kind: z.literal("after"),
      path: z.string().min(1).optional().meta({ description: "After the runs of this notebook." }),
      schedule_id: z.uuid().optional().meta({ description: "After the runs of this schedule." }),
      outcomes: z
        .array(finalStatusSchema)
        .min(1)
        .max(5)
        .default(["succeeded"])
        .meta({ description: "How a run has to have ended. Default: succeeded." }),
    }),
    z.strictObject({ kind: z.literal("webhook") }),
    z.strictObject({
      kind: z.literal("file"),
      pattern: z
        .string()
        .regex(/^[^\0]*[^\0/]$/, "expected the path of a file, with wildcards or without")
        .max(1000)
        .meta({ description: "Virtual path with wildcards, as `/shared/in/*.csv`." }),
      every_seconds: z
        .number()
        .min(1)
        .max(86_400)
        .default(10)
        .meta({ description: "How often to look. Default 10." }),
      settle_seconds: z
        .number()
        .min(0)
        .max(86_400)
        .default(5)
        .meta({ description: "How long a file has to stay the same before it counts. Default 5." }),
    }),
  ])
  .meta({ id: "ScheduleSpec" });

/** See {@link scheduleSpecSchema}. */
export type ScheduleSpec = z.infer<typeof scheduleSpecSchema>;

const catchUpSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("latest") }),
    z.strictObject({ kind: z.literal("all"), cap: z.int().min(1).max(1000) }),
  ])
  .meta({ id: "CatchUp", description: "What becomes of slots that nobody was there to fire." });

const concurrencySchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("sequential") }),
    z.strictObject({ kind: z.literal("first_only") }),
    z.strictObject({ kind: z.literal("last_only") }),
    z.strictObject({ kind: z.literal("parallel"), limit: z.int().min(0).max(10_000) }),
  ])
  .meta({ id: "Concurrency", description: "What happens when a slot comes while a run is under way." });

/** See {@link createScheduleSchema}. */
export type CatchUp = z.infer<typeof catchUpSchema>;

/** See {@link createScheduleSchema}. */
export type Concurrency = z.infer<typeof concurrencySchema>;

const followsSchema = z.enum(["workspace", "promoted"]).meta({
  id: "Follows",
  description: "Whether a run reads the notebook as it is then, or as it was promoted.",
});

const seconds = z.number().min(0).max(86_400);

const parametersSchema = rawJson({
  type: "object",
  description: 'Values by name. `{"cel": "trigger.slot.date()"}` is worked out for each slot.',
});

const fields = {
  path: z.string().min(1).meta({ description: "Virtual path of the notebook that is run." }),
  workflow: z.string().min(1).max(200).meta({
    description: "Name of the workflow that is started, by its active version, in place of a notebook.",
  }),
  name: z.string().min(1).max(200).meta({ description: "Default: that of the notebook or the workflow." }),
  spec: scheduleSpecSchema,
  parameters: parametersSchema,
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
    parameters: parametersSchema,
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

/** A slot that is still to come. */
export const nextSlotSchema = z
  .object({
    slot: time,
    local: z
      .string()
      .meta({ description: "On the wall clock of the schedule's time zone, with its offset." }),
    due_at: time.meta({ description: "The slot and its jitter." }),
    parameters: parametersSchema.meta({ description: "As a run of this slot gets them." }),
  })
  .meta({ id: "NextSlot" });

/** See {@link nextSlotSchema}. */
export type NextSlot = z.infer<typeof nextSlotSchema>;

/** What becomes of slots when the clock of a time zone is changed. */
const clockChangeSchema = z
  .object({
    at: time,
    from: z.string().meta({ description: "What the clock would show then without the change, as `02:00`." }),
    to: z.string().meta({ description: "What it shows." }),
    in_words: z.string().meta({ description: "What that does to the slots too, in plain English." }),
  })
  .nullable()
  .meta({
    description:
      "The next change of the clock within a year. Null where there is none, as in UTC, and for a spec without a wall clock.",
  });

/** See {@link schedulePreviewSchema}. */
export type ClockChange = z.infer<typeof clockChangeSchema>;

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

/** What a list of slots can be asked. */
export const listSlotsSchema = z.object({ before, limit });

/** What became of a slot. */
export const slotSchema = z
  .object({
    id: z.uuid(),
    slot: time,
    is_by_hand: z.boolean(),
    state: z.enum(["waiting", "started", "over", "skipped"]),
    run_id: z.uuid().nullable(),
    workflow_run_id: z.uuid().nullable(),
    run_status: z.string().nullable().meta({ description: "That of the run, or of the workflow-run." }),
    skipped: z.object({ code: z.string(), message: z.string() }).nullable(),
    body: rawJson({ description: "What an event says: `trigger.body`. Null for an instant." }).nullable(),
    created_at: time,
  })
  .meta({ id: "Slot" });

/** See {@link slotSchema}. */
export type Slot = z.infer<typeof slotSchema>;

/** One page of slots, newest first. */
export const slotPageSchema = z
  .object({ slots: z.array(slotSchema), next: z.uuid().nullable() })
  .meta({ id: "SlotPage" });

/** See {@link slotPageSchema}. */
export type SlotPage = z.infer<typeof slotPageSchema>;

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

/** A spec that nobody has saved. */
export const previewScheduleSchema = z
  .strictObject({
    spec: scheduleSpecSchema,
    parameters: parametersSchema.optional(),
    count: z.int().min(1).max(100).default(10),
  })
  .meta({ id: "PreviewSchedule" });

/** See {@link previewScheduleSchema}. */
export type PreviewSchedule = z.input<typeof previewScheduleSchema>;

/** The slots that a spec would have. */
export const schedulePreviewSchema = z
  .object({
    in_words: z.string(),
    next_slots: z.array(nextSlotSchema),
    clock_change: clockChangeSchema,
  })
  .meta({ id: "SchedulePreview" });

/** See {@link schedulePreviewSchema}. */
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>;

/** Why a schedule is paused. */
export const pauseScheduleSchema = z
  .strictObject({ reason: z.string().max(1000).optional() })
  .meta({ id: "PauseSchedule" });

/** See {@link pauseScheduleSchema}. */
export type PauseSchedule = z.infer<typeof pauseScheduleSchema>;

/** What calls the webhook of a schedule. */
export const webhookSecretSchema = z
  .object({
    path: z.string().meta({ description: "Where it is, below the address of the server." }),
    secret: z.string().meta({ description: "Whoever has it starts runs. It is shown this once." }),
  })
  .meta({ id: "WebhookSecret" });

/** See {@link webhookSecretSchema}. */
export type WebhookSecret = z.infer<typeof webhookSecretSchema>;

/** What a webhook is sent: any JSON, of at most a megabyte. */
export const webhookBodySchema = rawJson({ description: "Any JSON: `trigger.body`." }).meta({
  id: "WebhookBody",
  description: "Any JSON, of at most a megabyte.",
});

/** What became of what a webhook was sent. */
export const webhookAnswerSchema = z
  .object({
    slot_id: z.uuid(),
    is_new: z.boolean().meta({ description: "False where the same delivery has come before." }),
  })
  .meta({ id: "WebhookAnswer" });

/** What a run by hand stands for. */
export const runScheduleSchema = z
  .strictObject({
    slot: instant.optional().meta({ description: "The slot that the run stands for. Default: now." }),
    body: rawJson({ description: "What an event would say: `trigger.body`." }).optional(),
  })
  .meta({ id: "RunSchedule" });

/** See {@link runScheduleSchema}. */
export type RunSchedule = z.infer<typeof runScheduleSchema>;

const cellChangeSchema = z
  .object({
    kind: z.enum(["added", "removed", "changed", "moved"]),
    cell_id: z.string(),
    cell_type: z.string(),
    before_index: z.int().nullable().meta({ description: "Where it was in the notebook, from 0." }),
    index: z.int().nullable().meta({ description: "Where it is now." }),
    lines: z.array(z.string()).meta({
      description:
        "Lines of its source that have changed, behind `+` or `-`, and some around them behind a space. Empty where only its tags or its type have.",
    }),
  })
  .meta({ id: "CellChange" });

/** See {@link scheduleDiffSchema}. */
export type CellChange = z.infer<typeof cellChangeSchema>;

/** What would change if a notebook were promoted now. */
export const scheduleDiffSchema = z
  .object({
    source_hash: z.string().meta({ description: "The source that was promoted." }),
    is_same: z.boolean().meta({ description: "Whether a promotion would change nothing at all." }),
    cells: z.array(cellChangeSchema),
    files: z
      .array(z.object({ path: z.string(), kind: z.enum(["added", "removed", "changed"]) }))
      .meta({ description: "Files of the source; the notebook itself too, whatever has changed in it." }),
  })
  .meta({ id: "ScheduleDiff" });

/** See {@link scheduleDiffSchema}. */
export type ScheduleDiff = z.infer<typeof scheduleDiffSchema>;

/** What a schedule starts: a run, or a workflow-run. */
export const scheduleRunSchema = z.union([runSchema, workflowRunSchema]).meta({ id: "ScheduleRun" });

/** See {@link scheduleRunSchema}. */
export type ScheduleRun = z.infer<typeof scheduleRunSchema>;
