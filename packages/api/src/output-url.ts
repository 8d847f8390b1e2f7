import { z } from "zod";

/** Programs that show outputs which need one, each in a frame of its own. */
export const outputFrameSchema = z.enum(["html", "plotly", "vega"]).meta({
  id: "OutputFrame",
  description:
    "`html` runs what is in the output; `plotly` and `vega` draw charts, and run no code that is in them.",
});

/** See {@link outputFrameSchema}. */
export type OutputFrame = z.infer<typeof outputFrameSchema>;

/** A file that a browser is to show. */
export const createFileUrlSchema = z
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
  .meta({ title: "A file" });

/** A frame that a browser is to show. */
export const createFrameUrlSchema = z
  .strictObject({ frame: outputFrameSchema })
  .meta({ title: "A frame, which is handed what it shows by the page that has it" });

/** What a browser is to show. */
export const createOutputUrlSchema = z
  .union([createFileUrlSchema, createFrameUrlSchema])
  .meta({ id: "CreateOutputUrl" });

/** See {@link createOutputUrlSchema}. */
export type CreateOutputUrl = z.input<typeof createOutputUrlSchema>;

/** An address that shows one file to whoever has it, for an hour; or one of a frame, which holds nothing of anybody. */
export const outputUrlSchema = z
  .object({
    url: z.string(),
    is_apart: z.boolean().meta({
      description: "Whether it is of another origin than the app. Where not, nothing in it is active.",
    }),
    is_active: z.boolean().meta({ description: "Whether it may run scripts of its own." }),
    expires_at: z.string().nullable().meta({ format: "date-time", description: "Null for a frame." }),
  })
  .meta({ id: "OutputUrl" });

/** See {@link outputUrlSchema}. */
export type OutputUrl = z.infer<typeof outputUrlSchema>;
