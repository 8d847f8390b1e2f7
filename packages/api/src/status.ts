import { z } from "zod";
import { runSchema } from "./run.ts";

const time = z.string().meta({ format: "date-time" });

/** How a store is. */
const storeStateSchema = z.object({
  problem: z.string().nullable().meta({ description: "Why it cannot be used; null where it can." }),
  space: z
    .object({ free_bytes: z.int(), total_bytes: z.int() })
    .nullable()
    .meta({ description: "The room on its disk; null for one without an end, such as a bucket." }),
});

/** What the status of a server can be asked. */
export const askStatusSchema = z.object({
  path: z
    .string()
    .regex(/^[^\0]+$/)
    .optional()
    .meta({ description: "Notebook whose runs `memory` is of. Default: those of all." }),
});

/** See {@link serverStatusSchema}. */
export type StoreState = z.infer<typeof storeStateSchema>;

/** How a server is: who does its work, what waits, and where things are kept. */
export const serverStatusSchema = z
  .object({
    version: z.string(),
    time,
    database: z.object({
      kind: z.enum(["pglite", "postgres"]),
      bytes: z.int().meta({ description: "How large it is." }),
    }),
    queue: z.object({
      queued: z.int(),
      starting: z.int(),
      running: z.int(),
      oldest_ready_at: time
        .nullable()
        .meta({ description: "Since when the attempt waits that has waited longest for a runner." }),
    }),
    runners: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        slots: z.int(),
        busy: z.int().meta({ description: "Attempts that it has now." }),
        version: z.string(),
        seen_at: time,
        is_here: z.boolean().meta({ description: "It was heard of lately, and has not said that it ends." }),
        left_at: time
          .nullable()
          .meta({ description: "When it said that it ends. Null for one that is here, or that was lost." }),
      }),
    ),
    kept_kernels: z.array(z.object({ run_id: z.uuid(), path: z.string(), until: time })),
    under_way: z
      .array(
        z.object({
          run: runSchema,
          usual_seconds: z
            .number()
            .nullable()
            .meta({ description: "How long the last runs of the notebook took that succeeded." }),
          is_long: z.boolean().meta({ description: "It takes more than three times as long as usual." }),
        }),
      )
      .meta({ description: "Runs that are not over: those that run, then those that wait, oldest first." }),
    overdue_schedules: z.int().meta({ description: "Schedules that should have fired a while ago." }),
    outbox: z.object({
      waiting: z.int(),
      given_up: z.int().meta({ description: "Messages that could not be delivered." }),
    }),
    memory: z
      .object({
        runs: z.int().meta({ description: "How many of the newest runs this is of." }),
        median_bytes: z.int(),
        most_bytes: z.int(),
        fits: z
          .array(z.object({ bytes: z.int(), share: z.number() }))
          .meta({ description: "Sizes, and the share of the runs, from 0 to 1, that took no more." }),
      })
      .nullable()
      .meta({
        description:
          "What kernels took, in runs of the notebook that was asked for; null before a run has told.",
      }),
    mounts: z.array(z.object({ path: z.string(), is_writable: z.boolean(), ...storeStateSchema.shape })),
    records: storeStateSchema.meta({ description: "Where records are kept: in the data directory." }),
  })
  .meta({ id: "ServerStatus" });

/** See {@link serverStatusSchema}. */
export type ServerStatus = z.infer<typeof serverStatusSchema>;
