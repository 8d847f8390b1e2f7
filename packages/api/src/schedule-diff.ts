import { z } from "zod";

const cellChangeSchema = z
  .object({
    kind: z.enum(["added", "removed", "changed", "moved"]),
    cell_id: z.string(),
    cell_type: z.string(),
    before_index: z.int().nullable().meta({ description: "Where it was in the notebook, from 0." }),
    index: z.int().nullable().meta({ description: "Where it is now." }),
    lines: z.array(z.string()).meta({
      description:
        "Lines of its source that have changed, behind `+` or `-`, and some around them behind a space. Empty where only its tags or its type have.",
    }),
  })
  .meta({ id: "CellChange" });

/** See {@link scheduleDiffSchema}. */
export type CellChange = z.infer<typeof cellChangeSchema>;

/** What would change if a notebook were promoted now. */
export const scheduleDiffSchema = z
  .object({
    source_hash: z.string().meta({ description: "The source that was promoted." }),
    is_same: z.boolean().meta({ description: "Whether a promotion would change nothing at all." }),
    cells: z.array(cellChangeSchema),
    files: z
      .array(z.object({ path: z.string(), kind: z.enum(["added", "removed", "changed"]) }))
      .meta({ description: "Files of the source; the notebook itself too, whatever has changed in it." }),
  })
  .meta({ id: "ScheduleDiff" });

/** See {@link scheduleDiffSchema}. */
export type ScheduleDiff = z.infer<typeof scheduleDiffSchema>;
