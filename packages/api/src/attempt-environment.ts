import { z } from "zod";

/** The packages that an attempt had. */
export const attemptEnvironmentSchema = z
  .strictObject({
    name: z.string().nullable().meta({ description: "Null for that of the kernelspec." }),
    is_locked: z.boolean().meta({
      description: "Whether the source of the run has the lock. Others are as somebody has installed them.",
    }),
    digest: z.string().meta({
      description: "SHA-256 of the lock; of the names and versions of what is installed where there is none.",
    }),
    package_count: z.int().min(0),
    python: z.string().nullable().meta({ description: "Version, as `3.11`; null where it is not known." }),
  })
  .meta({ id: "AttemptEnvironment", description: "The Python packages that the kernel had." });
