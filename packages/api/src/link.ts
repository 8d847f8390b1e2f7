import { z } from "zod";
import { expirySchema } from "./token.ts";

const time = z.string().meta({ format: "date-time" });

const path = z.string().min(1).max(2048);

const note = z
  .string()
  .regex(/^[ -~\u00a0-\uffff]*$/)
  .max(200)
  .default("")
  .meta({ description: "For whom or what it is; only its owner sees it." });

const code = z.enum(["show", "omit"]);

const common = {
  note,
  code: code.default("show").meta({
    description:
      "Whether the code of the notebook is shown. Where it is not, the link shows a page and opens nothing by the API; for a notebook, its latest output or a run.",
  }),
  expires_at: expirySchema.optional(),
};

/** What makes a share link. By default it holds for seven days; for 366 at most. */
export const createLinkSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("path"),
      path: path.meta({ description: "A file, or a directory with all that is in it." }),
      ...common,
    }),
    z.strictObject({ kind: z.literal("run"), run_id: z.uuid(), ...common }),
    z.strictObject({
      kind: z.literal("latest"),
      path: path.meta({ description: "A notebook, whose latest successful output is shown." }),
      ...common,
    }),
  ])
  .meta({ id: "CreateLink" });

/** See {@link createLinkSchema}. */
export type CreateLink = z.input<typeof createLinkSchema>;

/** A share link, without what opens it. */
export const linkSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(["file", "directory", "run", "latest"]),
    path: z.string().nullable().meta({ description: "Null for a run." }),
    run_id: z.uuid().nullable(),
    code,
    note: z.string(),
    created_at: time,
    expires_at: time,
    last_used_at: time.nullable().meta({ description: "To the minute; null where nobody has opened it." }),
  })
  .meta({ id: "Link" });

/** See {@link linkSchema}. */
export type Link = z.infer<typeof linkSchema>;

/** One page of share links, newest first. */
export const linkPageSchema = z
  .object({ links: z.array(linkSchema), next: z.string().nullable() })
  .meta({ id: "LinkPage" });

/** See {@link linkPageSchema}. */
export type LinkPage = z.infer<typeof linkPageSchema>;

/** A share link that has been made, with what opens it, which nobody can show again. */
export const createdLinkSchema = linkSchema
  .extend({
    url: z.string().meta({ description: "Opens it in a browser." }),
    token: z.string().meta({ description: "Opens it by the API, as a bearer token." }),
  })
  .meta({ id: "CreatedLink" });

/** See {@link createdLinkSchema}. */
export type CreatedLink = z.infer<typeof createdLinkSchema>;

/** Which page of the links is wanted. */
export const listLinksSchema = z.object({
  before: z.uuid().optional().meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
