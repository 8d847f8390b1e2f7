import { isJsonObject } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { listAll, type Store } from "@notemill/storage";
import { ServerError } from "../server-error.ts";
import { filePattern, isPattern } from "./file-pattern.ts";

/** The patterns that a notebook declares in `metadata.notemill.files`. */
export function declaredPatterns({ metadata }: Notebook): readonly string[] {
  const { notemill } = metadata;
  const files = isJsonObject(notemill) ? notemill["files"] : undefined;
  return Array.isArray(files) ? files.filter((it): it is string => typeof it === "string") : [];
}

/**
 * Finds the files that patterns name, relative to the notebook's directory.
 *
 * @throws {@link ServerError} `SOURCE_FILE_MISSING` for a pattern that names none, `REQUEST_INVALID` for one that is too much work.
 */
export async function findDeclaredFiles(
  store: Store,
  directory: string,
  patterns: readonly string[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const matches = isPattern(pattern)
      ? await matching(store, directory, pattern)
      : await existing(store, directory, pattern);
    if (matches.length === 0) {
      throw new ServerError(
        "SOURCE_FILE_MISSING",
        `the notebook declares "${pattern}", and there is no such file`,
        {
          details: { pattern },
        },
      );
    }
    for (const path of matches) found.add(path);
  }
  return [...found].sort();
}

async function existing(store: Store, directory: string, path: string): Promise<readonly string[]> {
  return (await store.stat(inDirectory(directory, path))) === null ? [] : [path];
}

async function matching(store: Store, directory: string, pattern: string): Promise<readonly string[]> {
  const isNamed = filePattern(pattern);
  // Only what lies below the part without wildcards is looked at.
  const fixed = pattern.split("/").slice(0, -1);
  const wild = fixed.findIndex(isPattern);
  const below = inDirectory(directory, (wild < 0 ? fixed : fixed.slice(0, wild)).join("/"));
  const start = directory === "" ? 0 : directory.length + 1;
  const matches: string[] = [];
  for await (const { kind, path } of listAll(store, below, { recursive: true })) {
    const relative = path.slice(start);
    if (kind === "file" && (await isNamed(relative))) matches.push(relative);
  }
  return matches;
}

/** Joins without normalising: the store refuses `..`. */
export function inDirectory(directory: string, path: string): string {
  return [directory, path].filter((it) => it !== "").join("/");
}
