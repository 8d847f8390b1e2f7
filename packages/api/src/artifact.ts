import { z } from "zod";

/** The files that an attempt left. */
export const artifactListSchema = z
  .object({
    attempt: z.int().positive(),
    artifacts: z.array(
      z.object({
        name: z.string().meta({ description: "With its directories." }),
        size: z.int().min(0),
        sha256: z.string(),
      }),
    ),
  })
  .meta({ id: "ArtifactList" });

/** See {@link artifactListSchema}. */
export type ArtifactList = z.infer<typeof artifactListSchema>;

const attempt = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)
  .optional()
  .meta({ description: "Number of the attempt. Default: the newest that is over." });

/** Whose artifacts are wanted. */
export const artifactsQuerySchema = z.object({ attempt });

/** Which artifact is wanted. */
export const artifactQuerySchema = z.object({ attempt, name: z.string().min(1).max(512) });
