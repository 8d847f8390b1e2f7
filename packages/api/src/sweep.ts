import { z } from "zod";
import { rawJson } from "./raw-json-value.ts";
import { failureSchema, runSchema, runStatusSchema, submitRunSchema } from "./run.ts";

/** Which values the runs of a sweep have, and how many go at a time. */
const gridFields = {
  grid: rawJson({
    description:
      "An object of names and lists of values, or a list of objects, which are the sets of parameters themselves.",
  }),
  mode: z.enum(["product", "zip"]).optional().meta({
    description:
      "`product` combines every value with every other; `zip` takes the first of each, then the second. Default `product`.",
  }),
};

const concurrency = z
  .int()
  .min(1)
  .max(1000)
  .meta({ description: "How many of its runs may be under way at once. Default 4." });
const onFailure = z.enum(["continue", "stop"]).meta({
  description:
    "`stop`: after a run that did not succeed no other is started, and those under way are cancelled. Default `continue`.",
});

/** What starts a sweep: a notebook with many sets of parameters. */
export const submitSweepSchema = submitRunSchema
  .extend({
    parameters: rawJson({
      type: "object",
      description: "Values that are the same for all runs, by name. Default none.",
    }).optional(),
    ...gridFields,
    concurrency: concurrency.optional(),
    on_failure: onFailure.optional(),
  })
  .meta({ id: "SubmitSweep" });

/** See {@link submitSweepSchema}. */
export type SubmitSweep = z.infer<typeof submitSweepSchema>;

/** A sweep that each slot of a schedule starts, in place of one run. */
export const scheduledSweepSchema = z
  .strictObject({ ...gridFields, concurrency: concurrency.optional(), on_failure: onFailure.optional() })
  .meta({ id: "ScheduledSweep" });

/** See {@link scheduledSweepSchema}. */
export type ScheduledSweep = z.infer<typeof scheduledSweepSchema>;

/** What starts a sweep that makes those runs of an earlier one again that did not succeed. */
export const retrySweepSchema = z
  .strictObject({ concurrency: concurrency.optional(), on_failure: onFailure.optional() })
  .meta({ id: "RetrySweep" });

/** See {@link retrySweepSchema}. */
export type RetrySweep = z.infer<typeof retrySweepSchema>;

/** One set of parameters of a sweep, and what became of it. */
export const sweepChildSchema = z
  .object({
    index: z.int().min(0).meta({ description: "Place in the sweep, from 0." }),
    run_id: z.uuid().nullable().meta({ description: "Null where it was not started." }),
    status: z.union([runStatusSchema, z.literal("not_started")]),
    is_kept: z.boolean().meta({ description: "An earlier sweep has made it." }),
    parameters: rawJson({ type: "object", description: "Values by name." }),
    metrics: rawJson({ type: "object", description: "The numbers that its notebook recorded." }).nullable(),
    seconds: z.number().nullable().meta({ description: "How long it took by its notebook." }),
    failure: failureSchema.nullable(),
  })
  .meta({ id: "SweepChild" });

/** See {@link sweepChildSchema}. */
export type SweepChild = z.infer<typeof sweepChildSchema>;

/** A sweep and one page of its children. */
export const sweepPageSchema = z
  .object({
    run: runSchema.meta({ description: "The parent." }),
    total: z.int(),
    concurrency: z.int(),
    on_failure: onFailure,
    counts: z.record(z.string(), z.int()).meta({ description: "How many children are in which status." }),
    children: z.array(sweepChildSchema),
    next: z.int().nullable().meta({ description: "`after` of the next page; null on the last one." }),
  })
  .meta({ id: "SweepPage" });

/** See {@link sweepPageSchema}. */
export type SweepPage = z.infer<typeof sweepPageSchema>;

/** Which children of a sweep are wanted. */
export const sweepQuerySchema = z.object({
  after: z.coerce
    .number()
    .int()
    .min(-1)
    .max(2 ** 31 - 1)
    .default(-1)
    .meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
