import { collectBytes } from "@notemill/storage";
import { z } from "zod";
import { directoryAt } from "../files/find-file.ts";
import { fileNotFound } from "../files/file-problems.ts";
import { listFiles } from "../files/list-files.ts";
import { presentDirectory } from "../files/present-file.ts";
import { describeFile, openFile } from "../files/version-content.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { type ContentsModel, contentsModel, withContent, withHash } from "./contents-model.ts";

/** What Jupyter's clients ask of a path. */
export const contentsQuerySchema = z.object({
  type: z.enum(["notebook", "file", "directory"]).optional(),
  format: z.enum(["text", "base64", "json"]).optional(),
  content: z.enum(["0", "1"]).default("1"),
  hash: z.enum(["0", "1"]).default("0"),
});

/** The most bytes of a file that are handed over in a model, which holds them several times. */
const MOST_BYTES = 16 * 2 ** 20;

/** How many entries are asked of a store at a time. */
const PAGE = 1000;

/** The most entries of a directory: a model holds all of them. */
const MOST_ENTRIES = 100_000;

/**
 * Reads a path as Jupyter's contents API has it.
 *
 * @throws {@link ServerError} `FILE_NOT_FOUND`, `CONTENTS_TYPE_WRONG`, `BODY_TOO_LARGE`, `TOO_MANY_FILES`, and what a notebook that cannot be read throws.
 */
export async function readContents(
  platform: Platform,
  path: string,
  query: z.infer<typeof contentsQuerySchema>,
): Promise<ContentsModel> {
  const found = directoryAt(platform, path);
  const isDirectory =
    found.kind === "mounts" || found.path === "" || (await found.store.hasDirectory(found.path));
  if (isDirectory) {
    if (query.type !== undefined && query.type !== "directory")
      throw wrongType(path, `a directory, and no ${query.type}`);
    const model = contentsModel(presentDirectory(found.virtualPath, false));
    if (query.content === "0") return model;
    return { ...model, format: "json", content: await allEntries(platform, found.virtualPath) };
  }
  if (query.type === "directory") {
    if ((await found.store.stat(found.path)) === null) throw fileNotFound(found);
    throw wrongType(path, "no directory");
  }
  const model = asked(contentsModel(await describeFile(platform, found)), query.type, path);
  if (query.content === "0" && query.hash === "0") return model;
  const opened = await openFile(found, {});
  if (opened.size > MOST_BYTES) {
    await opened.close();
    throw new ServerError(
      "BODY_TOO_LARGE",
      `"${path}" has ${opened.size} bytes; models hold up to ${MOST_BYTES}, read it by /files/`,
    );
  }
  const bytes = await collectBytes(opened.bytes, MOST_BYTES, path);
  const format = query.format === "json" ? undefined : query.format;
  const whole = query.content === "0" ? model : withContent(model, bytes, format);
  if (whole === "not-text") throw wrongType(path, "no text; ask for format=base64");
  return query.hash === "0" ? whole : withHash(whole, bytes);
}

/** A file may be asked for as a file, also where it is a notebook, and not the other way round. */
function asked(model: ContentsModel, type: "notebook" | "file" | undefined, path: string): ContentsModel {
  if (type === undefined || type === model.type) return model;
  if (type === "notebook") throw wrongType(path, "no notebook");
  return { ...model, type };
}

async function allEntries(platform: Platform, path: string): Promise<readonly ContentsModel[]> {
  const models: ContentsModel[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFiles(platform, path, { limit: PAGE, cursor });
    models.push(...page.entries.map(contentsModel));
    if (models.length > MOST_ENTRIES) {
      throw new ServerError(
        "TOO_MANY_FILES",
        `"${path}" has more than ${MOST_ENTRIES} entries; list it by /api/v1/files/entries, which has pages`,
      );
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return models;
}

function wrongType(path: string, what: string): ServerError {
  return new ServerError("CONTENTS_TYPE_WRONG", `"${path}" is ${what}`, { details: { path } });
}
