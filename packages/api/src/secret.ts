import { z } from "zod";

/** What a secret may be called: it is a part of a variable's name. */
export const SECRET_NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;

const grants = z.array(z.string().min(1).max(1000)).max(100).meta({
  description: "Virtual paths of the notebooks that may use it; one that ends in `/**` stands for all below.",
});

/** A secret without its text. */
export const secretSchema = z
  .object({
    name: z.string(),
    grants,
    created_at: z.string().meta({ format: "date-time" }),
    updated_at: z.string().meta({ format: "date-time" }),
  })
  .meta({ id: "Secret" });

/** See {@link secretSchema}. */
export type Secret = z.infer<typeof secretSchema>;

/** One page of secrets, in the order of their names. */
export const secretPageSchema = z
  .object({ secrets: z.array(secretSchema), next: z.string().nullable() })
  .meta({ id: "SecretPage" });

/** See {@link secretPageSchema}. */
export type SecretPage = z.infer<typeof secretPageSchema>;

/** What keeps a secret. */
export const putSecretSchema = z
  .strictObject({
    text: z
      .string()
      .min(8)
      .max(16_384)
      .regex(/^[^\0]*$/)
      .meta({
        description:
          "At least 8 characters: what is shorter could not be taken out of outputs. At most 16,384, so that a variable of the environment can hold it.",
      }),
    grants: grants.optional(),
  })
  .meta({ id: "PutSecret" });

/** Who may use a secret from now on. */
export const grantSecretSchema = z.strictObject({ grants }).meta({ id: "GrantSecret" });

/** Which page of the secrets is wanted. */
export const listSecretsSchema = z.object({
  after: z.string().max(100).default("").meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What came of a new key. */
export const rotationSchema = z
  .object({ resealed: z.int().min(0).meta({ description: "How many secrets have been sealed anew." }) })
  .meta({ id: "KeyRotation" });

/** See {@link rotationSchema}. */
export type KeyRotation = z.infer<typeof rotationSchema>;
