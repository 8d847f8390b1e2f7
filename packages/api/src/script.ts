import { z } from "zod";

/** The most characters of a script. */
const MAX_LENGTH = 5_000_000;

/** Source that is run as the notebook that is made around it. */
export const scriptSchema = z
  .strictObject({
    language: z.enum(["sql", "python", "r", "scala", "typescript", "bash"]),
    source: z.string().max(MAX_LENGTH).meta({
      description: "Lines that begin with `# %%`, `-- %%` or `// %%`, as the language has it, begin a cell.",
    }),
    name: z
      .string()
      .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,99}$/u)
      .optional()
      .meta({ description: "What the run is found by: its path is `/scripts/NAME`. Default `script`." }),
  })
  .meta({ id: "Script" });
