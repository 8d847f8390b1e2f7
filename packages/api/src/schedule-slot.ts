import { z } from "zod";
import { rawJson } from "./raw-json-value.ts";
import { runSchema } from "./run.ts";
import { instant, scheduleSpecSchema, slotParametersSchema } from "./schedule-spec.ts";
import { workflowRunSchema } from "./workflow.ts";

const time = z.string().meta({ format: "date-time" });

/** A slot that is still to come. */
export const nextSlotSchema = z
  .object({
    slot: time,
    local: z
      .string()
      .meta({ description: "On the wall clock of the schedule's time zone, with its offset." }),
    due_at: time.meta({ description: "The slot and its jitter." }),
    parameters: slotParametersSchema.meta({ description: "As a run of this slot gets them." }),
  })
  .meta({ id: "NextSlot" });

/** See {@link nextSlotSchema}. */
export type NextSlot = z.infer<typeof nextSlotSchema>;

/** What becomes of slots when the clock of a time zone is changed. */
export const clockChangeSchema = z
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

/** See {@link clockChangeSchema}. */
export type ClockChange = z.infer<typeof clockChangeSchema>;

/** A spec that nobody has saved. */
export const previewScheduleSchema = z
  .strictObject({
    spec: scheduleSpecSchema,
    parameters: slotParametersSchema.optional(),
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

const before = z.uuid().optional().meta({ description: "`next` of the page before." });
const limit = z.coerce.number().int().min(1).max(200).default(50);

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

/** What a run by hand stands for. */
export const runScheduleSchema = z
  .strictObject({
    slot: instant.optional().meta({ description: "The slot that the run stands for. Default: now." }),
    body: rawJson({ description: "What an event would say: `trigger.body`." }).optional(),
  })
  .meta({ id: "RunSchedule" });

/** See {@link runScheduleSchema}. */
export type RunSchedule = z.infer<typeof runScheduleSchema>;

/** What a schedule starts: a run, or a workflow-run. */
export const scheduleRunSchema = z.union([runSchema, workflowRunSchema]).meta({ id: "ScheduleRun" });

/** See {@link scheduleRunSchema}. */
export type ScheduleRun = z.infer<typeof scheduleRunSchema>;
