import { z } from "zod";

/** Whether the server is there. */
export const healthSchema = z
  .object({
    status: z.literal("ok"),
    version: z.string(),
    instance: z.uuid(),
    time: z.string().meta({ format: "date-time" }),
  })
  .meta({ id: "Health" });

/** Where a backup has gone. */
export const backupSchema = z
  .object({
    name: z.string().nullable().meta({
      description: "File in `backups` of the data directory; null where a database server has its own.",
    }),
  })
  .meta({ id: "Backup" });

/** See {@link backupSchema}. */
export type Backup = z.infer<typeof backupSchema>;

/** See {@link healthSchema}. */
export type Health = z.infer<typeof healthSchema>;

/** Whether the server takes new work. */
export const readinessSchema = healthSchema
  .extend({
    status: z.literal("ready"),
    stranded: z.int().min(0).meta({
      description:
        "How many sets of labels something in the queue needs that no runner has which was heard of lately. `/metrics` says which; this needs no token.",
    }),
  })
  .meta({ id: "Readiness" });

/** See {@link readinessSchema}. */
export type Readiness = z.infer<typeof readinessSchema>;

/** What is wrong, as RFC 9457 has it, with a stable code. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: "Stable for a major version; programs branch on it." }),
  })
  .loose()
  .meta({ id: "Problem" });

/** See {@link problemSchema}. */
export type Problem = z.infer<typeof problemSchema>;

/** What a look at the records found. */
export const verificationSchema = z
  .object({
    records: z.int().meta({ description: "How many records were looked at." }),
    files: z.int(),
    next: z.int().nullable().meta({ description: "`after` of the next page; null on the last one." }),
    head: z.string().nullable().meta({ description: "Hash of the last manifest that was looked at." }),
    problems: z.array(
      z.object({
        kind: z.enum(["changed", "missing", "added", "unchained"]),
        run_id: z.string().nullable(),
        path: z.string().meta({ description: "Path of the file in the store of records." }),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: "Verification" });

/** See {@link verificationSchema}. */
export type Verification = z.infer<typeof verificationSchema>;

/** The records of a run. */
export const runRecordsSchema = z
  .object({
    records: z.array(
      z.object({
        attempt: z.int().positive(),
        directory: z.string().meta({ description: "Where it is in the store of records." }),
        sha256: z.string().meta({ description: "Hash of its manifest." }),
        files: z.array(z.object({ name: z.string(), sha256: z.string(), size: z.int() })),
      }),
    ),
  })
  .meta({ id: "RunRecords" });

/** See {@link runRecordsSchema}. */
export type RunRecords = z.infer<typeof runRecordsSchema>;
