import { z } from "zod";
import { rawJson } from "./raw-json-value.ts";
import { finalStatusSchema } from "./run.ts";

/** An instant that a client gives. */
export const instant = z.iso.datetime({ offset: true }).meta({ description: "As `2026-03-29T06:00:00Z`." });

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

/** What becomes of slots that nobody was there to fire. */
export const catchUpSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("latest") }),
    z.strictObject({ kind: z.literal("all"), cap: z.int().min(1).max(1000) }),
  ])
  .meta({ id: "CatchUp", description: "What becomes of slots that nobody was there to fire." });

/** What happens when a slot comes while a run is under way. */
export const concurrencySchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("sequential") }),
    z.strictObject({ kind: z.literal("first_only") }),
    z.strictObject({ kind: z.literal("last_only") }),
    z.strictObject({ kind: z.literal("parallel"), limit: z.int().min(0).max(10_000) }),
  ])
  .meta({ id: "Concurrency", description: "What happens when a slot comes while a run is under way." });

/** See {@link catchUpSchema}. */
export type CatchUp = z.infer<typeof catchUpSchema>;

/** See {@link concurrencySchema}. */
export type Concurrency = z.infer<typeof concurrencySchema>;

/** The parameters of a schedule. */
export const slotParametersSchema = rawJson({
  type: "object",
  description: 'Values by name. `{"cel": "trigger.slot.date()"}` is worked out for each slot.',
});
