import { z } from "zod";

/** More would be before every run, and before what a date can say. */
const days = z.number().min(0).max(36_500);

/** Which runs may go. */
export const pruneSchema = z
  .strictObject({
    older_than_days: days.meta({ description: "Runs that ended longer ago may go." }),
    failed_older_than_days: days
      .optional()
      .meta({ description: "The same for runs that did not succeed. Default four times as long." }),
    keep_latest: z
      .int()
      .min(0)
      .max(10_000)
      .default(1)
      .meta({ description: "The newest runs of every notebook that stay however old they are." }),
    limit: z.int().min(1).max(1000).default(100),
    dry_run: z.boolean().default(false).meta({ description: "Only say which would go." }),
  })
  .meta({ id: "Prune" });

/** See {@link pruneSchema}. */
export type Prune = z.input<typeof pruneSchema>;

/** Runs that have gone, or would. */
export const prunedSchema = z
  .object({
    runs: z.array(
      z.object({
        id: z.uuid(),
        path: z.string(),
        status: z.string(),
        finished_at: z.string().meta({ format: "date-time" }),
      }),
    ),
    has_more: z.boolean().meta({ description: "Whether there may be more: ask again." }),
  })
  .meta({ id: "Pruned" });

/** See {@link prunedSchema}. */
export type Pruned = z.infer<typeof prunedSchema>;

/** How many runs are told. */
export const retentionQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Which runs the server lets go by itself, and those that would go now. */
export const retentionSchema = z
  .object({
    policy: z.object({
      runs_days: z
        .number()
        .nullable()
        .meta({ description: "Days that runs stay behind their end; null for ever." }),
      failed_runs_days: z
        .number()
        .nullable()
        .meta({ description: "The same for runs that did not succeed." }),
      keep_latest: z
        .int()
        .meta({ description: "The newest runs of every notebook that stay however old they are." }),
      most_runs: z
        .int()
        .nullable()
        .meta({ description: "The newest runs of every notebook that stay at all; null for any number." }),
      most_failed_runs: z
        .int()
        .nullable()
        .meta({ description: "A run that did not succeed stays while it is among so many." }),
      messages_days: z.number().meta({ description: "Days that messages stay after they were sent." }),
    }),
    ...prunedSchema.shape,
  })
  .meta({ id: "Retention" });

/** See {@link retentionSchema}. */
export type Retention = z.infer<typeof retentionSchema>;
