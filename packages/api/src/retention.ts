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
