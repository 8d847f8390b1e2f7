import { z } from "zod";

/** Whether the server is there. */
export const healthSchema = z
  .object({ status: z.literal("ok"), version: z.string(), instance: z.uuid() })
  .meta({ id: "Health" });

/** See {@link healthSchema}. */
export type Health = z.infer<typeof healthSchema>;

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
