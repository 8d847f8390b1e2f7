import { z } from "zod";

const cell = {
  cell_id: z.string(),
  cell_index: z.int().meta({ description: "Among the cells of the source." }),
};

/** What a run in a clean directory says about its source. */
export const runCheckSchema = z
  .object({
    run_id: z.uuid(),
    status: z.string(),
    missing_files: z
      .array(
        z.object({
          path: z.string().meta({ description: "As the notebook names it." }),
          cell_id: z.string().nullable(),
          declare: z
            .string()
            .nullable()
            .meta({ description: "What to declare, where such a file lies beside the notebook." }),
          message: z.string(),
        }),
      )
      .meta({ description: "What the run looked for and did not find; a run that fails finds the first." }),
    stale_cells: z.array(z.object({ ...cell, saved: z.string(), now: z.string() })).meta({
      description: "Cells whose outputs in the notebook are not what the run gave, with how both begin.",
    }),
    out_of_order: z.array(z.object({ ...cell, execution_count: z.int() })).meta({
      description: "Cells that were executed before a cell above them when the notebook was saved.",
    }),
  })
  .meta({ id: "RunCheck" });

/** See {@link runCheckSchema}. */
export type RunCheck = z.infer<typeof runCheckSchema>;
