import { z } from "zod";

const samplesSchema = z.strictObject({
  every_ms: z.int().min(1).meta({ description: "How far they are from each other." }),
  memory_bytes: z.array(z.int().min(0)).max(200).meta({ description: "The most within each." }),
  cpu_seconds: z
    .array(z.number().min(0))
    .max(200)
    .meta({ description: "From the beginning to the end of each." }),
});

/** What a kernel took, with all processes that it started. */
export const resourcesSchema = z
  .strictObject({
    peak_memory_bytes: z.int().min(0),
    cpu_seconds: z.number().min(0),
    samples: samplesSchema
      .nullish()
      .meta({ description: "What it took as time went on; the longer it went, the further apart." }),
    measured_by: z.enum(["process_tree", "cgroup"]).meta({
      description: "`process_tree`: the memory is that of looks twice a second, and may miss a short peak.",
    }),
  })
  .meta({ id: "Resources" });
