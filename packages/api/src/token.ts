import { z } from "zod";

const time = z.string().meta({ format: "date-time" });

/** When something is to end by itself. */
export const expirySchema = z.iso
  .datetime({ offset: true })
  .meta({ description: "When it ends by itself, as `2026-03-29T06:00:00Z`; it has to be still to come." });

/** What a named token is good for. */
export const tokenScopeSchema = z.enum(["full", "submit", "read", "runner"]).meta({
  id: "TokenScope",
  description:
    "`read` changes nothing; `submit` also starts, cancels and goes on with runs, and so runs code; `full` is everything; `runner` is what runners do, and nothing else.",
});

/** See {@link tokenScopeSchema}. */
export type TokenScope = z.infer<typeof tokenScopeSchema>;

/** A token with a name, without the token itself. */
export const tokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scope: tokenScopeSchema,
    created_at: time,
    expires_at: time.nullable(),
    last_used_at: time.nullable().meta({ description: "To the minute; null where it was never used." }),
  })
  .meta({ id: "Token" });

/** See {@link tokenSchema}. */
export type Token = z.infer<typeof tokenSchema>;

/** One page of tokens, in the order of their names. */
export const tokenPageSchema = z
  .object({ tokens: z.array(tokenSchema), next: z.string().nullable() })
  .meta({ id: "TokenPage" });

/** See {@link tokenPageSchema}. */
export type TokenPage = z.infer<typeof tokenPageSchema>;

/** What makes a token. */
export const createTokenSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w.@+-](?:[\w .@+-]{0,61}[\w.@+-])?$/, {
        error: "expected 1 to 63 letters, digits, spaces and characters of _.@+-",
      })
      .meta({ description: "Tells it from others: `ci`, `laptop of ann`." }),
    scope: tokenScopeSchema,
    expires_at: expirySchema.nullable().default(null),
  })
  .meta({ id: "CreateToken" });

/** See {@link createTokenSchema}. */
export type CreateToken = z.input<typeof createTokenSchema>;

/** A token that has been made, with the token itself, which nobody can show again. */
export const createdTokenSchema = tokenSchema.extend({ token: z.string() }).meta({ id: "CreatedToken" });

/** See {@link createdTokenSchema}. */
export type CreatedToken = z.infer<typeof createdTokenSchema>;

/** Which page of the tokens is wanted. */
export const listTokensSchema = z.object({
  after: z.string().max(100).default("").meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
