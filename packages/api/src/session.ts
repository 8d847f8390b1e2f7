import { z } from "zod";
import { linkSchema } from "./link.ts";

/** What a credential is good for. */
const scopeSchema = z.enum(["full", "submit", "read", "runner", "run", "link"]).meta({
  description:
    "As the scopes of tokens; `run` is what the notebook of a run may: read, and start runs; `link` is what a share link shows.",
});

/** Who asks, and what they may do. */
export const sessionSchema = z
  .object({
    user: z.string().meta({ description: "Whose notebooks and runs these are." }),
    scope: scopeSchema,
    name: z.string().nullable().meta({ description: "Of the token; null where it has none." }),
    link: linkSchema.nullable().meta({ description: "What is shared, for a share link." }),
    via: z.enum(["cookie", "bearer"]).meta({ description: "`cookie` of a browser that has signed in." }),
    expires_at: z.string().nullable().meta({
      format: "date-time",
      description: "When it ends by itself; null where it does not.",
    }),
    can_mail: z.boolean().meta({ description: "Whether the server sends mail." }),
  })
  .meta({ id: "Session" });

/** See {@link sessionSchema}. */
export type Session = z.infer<typeof sessionSchema>;

/** What signs a browser in. */
export const signInSchema = z
  .strictObject({ token: z.string().min(1).max(1000) })
  .meta({ id: "SignIn", description: "A token of the server." });
