import { z } from "zod";

/** What a kernel took, with all processes that it started. */
export const resourcesSchema = z
  .strictObject({
    peak_memory_bytes: z.int().min(0),
    cpu_seconds: z.number().min(0),
    measured_by: z.enum(["process_tree", "cgroup"]).meta({
      description: "`process_tree`: the memory is that of looks twice a second, and may miss a short peak.",
    }),
  })
  .meta({ id: "Resources" });
