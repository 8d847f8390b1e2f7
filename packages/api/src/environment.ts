import { z } from "zod";

const time = z.string().meta({ format: "date-time" });

/** What says which packages an environment has. */
export const environmentInputSchema = z
  .strictObject({
    kind: z.enum(["script", "requirements", "pyproject"]).meta({
      description:
        "`script`: a `# /// script` block as PEP 723 has it; `requirements`: a requirements file; `pyproject`: a `pyproject.toml`.",
    }),
    text: z.string().min(1).max(1_000_000),
  })
  .meta({ id: "EnvironmentInput" });

/** See {@link environmentInputSchema}. */
export type EnvironmentInput = z.infer<typeof environmentInputSchema>;

/** An environment of Python packages. */
export const environmentSchema = z
  .object({
    name: z.string(),
    digest: z.string().meta({ description: "SHA-256 of its lock: the same for the same packages." }),
    python: z.string().meta({ description: "As `3.11`." }),
    packages: z
      .array(z.string())
      .meta({ description: "As `six==1.16.0`, those for other systems included." }),
    from: environmentInputSchema.shape.kind,
    locked_at: time,
    state: z.enum(["not_built", "building", "built", "failed"]).meta({
      description:
        "Where runs of this server's own directory are: `building` while this server builds it; `failed` when the last attempt of any process went wrong. Runners on other machines build their own.",
    }),
    used_at: time.nullable().meta({ description: "When it was used last, where it is built." }),
    failure: z
      .object({ code: z.string(), message: z.string(), failed_at: time })
      .nullable()
      .meta({ description: "Why it could not be built, in the words of `uv`; null for any other state." }),
  })
  .meta({ id: "Environment" });

/** See {@link environmentSchema}. */
export type Environment = z.infer<typeof environmentSchema>;

/** The environments that have names, in their order. */
export const environmentListSchema = z
  .object({ environments: z.array(environmentSchema) })
  .meta({ id: "EnvironmentList" });

/** See {@link environmentListSchema}. */
export type EnvironmentList = z.infer<typeof environmentListSchema>;

/** One environment with its lock. */
export const environmentDetailSchema = environmentSchema
  .extend({
    input: environmentInputSchema,
    lock: z.string().meta({ description: "A requirements file with the hash of every file." }),
  })
  .meta({ id: "EnvironmentDetail" });

/** See {@link environmentDetailSchema}. */
export type EnvironmentDetail = z.infer<typeof environmentDetailSchema>;
