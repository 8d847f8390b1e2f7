import { z } from "zod";

const time = z.string().meta({ format: "date-time" });

/** A path that somebody gives; which there are the server finds out. */
const givenPath = z.string().min(1).max(2048).meta({
  description: "Virtual path: `~/a.ipynb`, `/shared/data`, `/runs/ID/1/log.txt`.",
});

const canonicalPath = z
  .string()
  .meta({ description: "The canonical path, which is the same for everybody: `~` is written out." });

/** How a version came about. */
const fileChangeSchema = z
  .enum(["saved", "found", "moved", "copied", "restored", "deleted"])
  .meta({ id: "FileChange", description: "`found` is a change that was not made through the server." });

/** One version of a file. */
export const fileVersionSchema = z
  .object({
    path: canonicalPath,
    version: z.int().positive().meta({ description: "Counts the versions of a path." }),
    change: fileChangeSchema,
    author: z
      .string()
      .nullable()
      .meta({ description: "Null for a change that was not made through the server." }),
    created_at: time,
    size: z.int().nullable().meta({ description: "Null for a deletion." }),
    sha256: z.string().nullable(),
    other_path: z
      .string()
      .nullable()
      .meta({ description: "Where a moved or copied file came from, or a deleted one went to." }),
  })
  .meta({ id: "FileVersion" });

/** See {@link fileVersionSchema}. */
export type FileVersion = z.infer<typeof fileVersionSchema>;

/** A page of versions, newest first. */
export const fileVersionPageSchema = z
  .object({
    versions: z.array(fileVersionSchema),
    next: z.int().nullable().meta({ description: "`before` of the next page; null on the last one." }),
  })
  .meta({ id: "FileVersionPage" });

/** See {@link fileVersionPageSchema}. */
export type FileVersionPage = z.infer<typeof fileVersionPageSchema>;

/** What is known about a file or directory. */
export const fileSchema = z
  .object({
    kind: z.enum(["file", "directory"]),
    path: canonicalPath,
    name: z.string(),
    is_writable: z.boolean(),
    size: z.int().nullable().meta({ description: "In bytes; null for a directory." }),
    modified_at: time.nullable(),
    etag: z
      .string()
      .nullable()
      .meta({ description: "For `If-Match`; null for a directory, and in lists, which read no file." }),
    version: z.int().nullable().meta({
      description: "The version that is in it; null where the server has never changed it, and in lists.",
    }),
  })
  .meta({ id: "File" });

/** See {@link fileSchema}. */
export type File = z.infer<typeof fileSchema>;

/** A page of a directory, in the order of names. */
export const filePageSchema = z
  .object({
    path: canonicalPath,
    entries: z.array(fileSchema),
    next: z.string().nullable().meta({ description: "`cursor` of the next page; null on the last one." }),
  })
  .meta({ id: "FilePage" });

/** See {@link filePageSchema}. */
export type FilePage = z.infer<typeof filePageSchema>;

/** Which file or directory is meant. */
export const filePathSchema = z.object({ path: givenPath });

const versionNumber = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** Which bytes are wanted. */
export const fileContentSchema = filePathSchema.extend({
  version: versionNumber.optional().meta({ description: "An earlier version. Default: the file as it is." }),
});

/** Which part of a directory is wanted. */
export const listFilesSchema = filePathSchema.extend({
  cursor: z.string().min(1).max(4096).optional().meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  name: z.string().min(1).max(255).optional().meta({
    description:
      "Only what has this text in its name, whatever its case. A page may then have nothing and a `next`.",
  }),
});

/** What is to be deleted. */
export const deleteFileSchema = filePathSchema.extend({
  recursive: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "Whether a directory goes with all that is in it." }),
});

/** Which versions are wanted. */
export const listVersionsSchema = filePathSchema.extend({
  before: versionNumber.optional().meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Which versions are compared. */
export const diffFileSchema = filePathSchema.extend({
  from: versionNumber.meta({ description: "The version on the left." }),
  to: versionNumber.optional().meta({ description: "The version on the right. Default: the file as it is." }),
});

/** The differences of two versions. */
export const fileDiffSchema = z
  .object({
    kind: z.enum(["notebook", "text", "binary"]).meta({
      description:
        "Notebooks are compared as text of their cells and outputs; of other bytes it is only told whether they differ.",
    }),
    is_same: z.boolean(),
    diff: z.string().nullable().meta({ description: "As `diff -u` has it; null for `binary`." }),
  })
  .meta({ id: "FileDiff" });

/** See {@link fileDiffSchema}. */
export type FileDiff = z.infer<typeof fileDiffSchema>;

/** A directory that is to be made. */
export const makeDirectorySchema = z.strictObject({ path: givenPath }).meta({ id: "MakeDirectory" });

/** What is copied or moved, and where to. */
export const transferFilesSchema = z
  .strictObject({
    from: givenPath,
    to: givenPath,
    replace: z
      .boolean()
      .default(false)
      .meta({ description: "Whether a file that is there may be replaced; it stays as a version." }),
  })
  .meta({ id: "TransferFiles" });

/** See {@link transferFilesSchema}. */
export type TransferFiles = z.input<typeof transferFilesSchema>;

/** What was done with how many files. */
export const transferredSchema = z
  .object({ path: canonicalPath, files: z.int() })
  .meta({ id: "Transferred" });

/** See {@link transferredSchema}. */
export type Transferred = z.infer<typeof transferredSchema>;

/** What is restored. */
export const restoreFileSchema = z
  .strictObject({
    path: givenPath,
    version: versionNumber.optional().meta({ description: "Default: the newest one that has bytes." }),
  })
  .meta({ id: "RestoreFile" });

/** See {@link restoreFileSchema}. */
export type RestoreFile = z.input<typeof restoreFileSchema>;
