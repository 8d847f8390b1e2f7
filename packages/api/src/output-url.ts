import { z } from "zod";

/** What a browser is to show. */
export const createOutputUrlSchema = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .max(2048)
      .meta({ description: "Virtual path of a file: `~/plot.html`, `/runs/ID/1/artifacts/a.png`." }),
    version: z
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .nullable()
      .default(null)
      .meta({ description: "Default: what is in the file when the address is asked." }),
    active: z.boolean().default(false).meta({
      description: "Whether it may run scripts of its own, where outputs have an origin of their own.",
    }),
  })
  .meta({ id: "CreateOutputUrl" });

/** See {@link createOutputUrlSchema}. */
export type CreateOutputUrl = z.input<typeof createOutputUrlSchema>;

/** An address that shows one file to whoever has it, for an hour. */
export const outputUrlSchema = z
  .object({
    url: z.string(),
    is_apart: z.boolean().meta({
      description: "Whether it is of another origin than the app. Where not, nothing in it is active.",
    }),
    is_active: z.boolean().meta({ description: "Whether it may run scripts of its own." }),
    expires_at: z.string().meta({ format: "date-time" }),
  })
  .meta({ id: "OutputUrl" });

/** See {@link outputUrlSchema}. */
export type OutputUrl = z.infer<typeof outputUrlSchema>;
