import { z } from "zod";
import type { Operation } from "./operation.ts";

/** A file that was found. */
export const foundFileSchema = z
  .object({
    path: z.string(),
    name: z.string(),
    is_notebook: z.boolean(),
    title: z
      .string()
      .meta({ description: "Of its metadata, else its first heading; empty where it has none." }),
    authors: z.array(z.string()),
    tags: z.array(z.string()),
    excerpt: z.string().meta({ description: "How it begins." }),
    size: z.number(),
    modified_at: z.string().meta({ format: "date-time" }),
  })
  .meta({ id: "FoundFile" });

/** See {@link foundFileSchema}. */
export type FoundFile = z.infer<typeof foundFileSchema>;

/** Files that were found. */
export const foundFilesSchema = z
  .object({
    files: z.array(foundFileSchema),
    next: z
      .string()
      .nullable()
      .meta({ description: "`cursor` of the next page; null on the last, and always with `q`." }),
  })
  .meta({ id: "FoundFiles" });

/** See {@link foundFilesSchema}. */
export type FoundFiles = z.infer<typeof foundFilesSchema>;

/** What is looked for. */
export const searchFilesSchema = z.object({
  q: z.string().max(500).default("").meta({
    description:
      "Words that are in the name, title, authors, tags or text, or begin words there. Without one: notebooks, those that were changed last first.",
  }),
  under: z.string().max(2048).optional().meta({ description: "A directory. Default: everywhere." }),
  cursor: z.string().max(4096).optional().meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** The operation that finds files. */
export const SEARCH_OPERATIONS = {
  searchFiles: {
    method: "get",
    path: "/search",
    group: "files",
    summary: "Find files by their words, or notebooks by when they were changed",
    query: searchFilesSchema,
    answer: { status: 200, schema: foundFilesSchema, description: "The best first." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
