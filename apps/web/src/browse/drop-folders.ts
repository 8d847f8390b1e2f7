import { ServerProblem } from "@notemill/client";
import { server } from "../server/server.ts";
import { say } from "../shell/toasts.ts";

/** Uploads what was dropped into a directory: files, and folders with all that is in them. What is there already stays. */
export async function dropFolders(path: string, entries: readonly (FileSystemEntry | null)[]): Promise<void> {
  let added = 0;
  let left = 0;
  for await (const { file, folder } of filesIn(entries)) {
    try {
      await server.saveFile([path, ...folder, file.name].join("/"), file, { ifNoneMatch: "*" });
      added += 1;
    } catch (error) {
      if (!(error instanceof ServerProblem) || error.code !== "FILE_EXISTS") throw error;
      left += 1;
    }
  }
  const there =
    left === 0 ? "" : `; ${left === 1 ? "1 was" : `${left} were`} here already, and stay as they are`;
  say(`${added === 1 ? "1 file is" : `${added} files are`} here${there}`);
}

async function* filesIn(
  entries: readonly (FileSystemEntry | null)[],
  folder: readonly string[] = [],
): AsyncGenerator<{ readonly file: File; readonly folder: readonly string[] }> {
  for (const entry of entries) {
    if (entry !== null && isFile(entry)) {
      yield { file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), folder };
    }
    if (entry === null || !isDirectory(entry)) continue;
    const reader = entry.createReader();
    for (;;) {
      // A part of them at a time, until there are no more.
      const part = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (part.length === 0) break;
      yield* filesIn(part, [...folder, entry.name]);
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
