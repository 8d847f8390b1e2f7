import type { File as Entry } from "@notemill/api";
import { ServerProblem } from "@notemill/client";
import type { QueryClient } from "@tanstack/react-query";
import { server } from "../server/server.ts";
import { say, sayError } from "../shell/toasts.ts";

/** What can be done in a directory. All of it is told of, and can be undone where that is possible. */
export interface DirectoryChanges {
  makeFolder(name: string): Promise<void>;
  upload(files: readonly File[]): Promise<void>;
  /** Uploads folders with all that is in them. */
  dropFolders(entries: readonly (FileSystemEntry | null)[]): Promise<void>;
  rename(entry: Entry, name: string): Promise<void>;
  /** Moves an entry to a path, which has its name too. */
  move(entry: Entry, to: string): Promise<void>;
  copy(entry: Entry, to: string): Promise<void>;
  remove(entry: Entry): Promise<void>;
}

/** Makes the {@link DirectoryChanges} of the directory at a virtual path. */
export function createDirectoryChanges(path: string, queries: QueryClient): DirectoryChanges {
  // What is moved or copied is in another directory too.
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ["files"] });
  const told = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      sayError(error);
    }
    await refresh();
  };

  const save = async (file: File): Promise<void> => {
    const target = `${path}/${file.name}`;
    try {
      await server.saveFile(target, file, { ifNoneMatch: "*" });
      say(`${file.name} is here`);
    } catch (error) {
      if (!(error instanceof ServerProblem) || error.code !== "FILE_EXISTS") throw error;
      // What was there stays as a version.
      const run = () =>
        told(async () => {
          const { etag } = await server.getFile(target);
          await server.saveFile(target, file, etag === null ? { ifNoneMatch: "*" } : { ifMatch: etag });
          say(`${file.name} is replaced`, {
            label: "Undo",
            run: () => told(() => restorePrevious(target)),
          });
        });
      say(`${file.name} is here already`, { label: "Replace", run });
    }
  };

  const empty = (entry: Entry): Promise<void> =>
    told(async () => {
      const { removeFolder } = await import("./remove-folder.ts");
      const { files, restore } = await removeFolder(entry.path);
      const text = `${entry.name} and ${files === 1 ? "the file" : `the ${files} files`} in it are deleted`;
      say(text, { label: "Undo", run: () => told(restore) });
    });

  return {
    makeFolder: (name) =>
      told(async () => {
        await server.makeDirectory(`${path}/${name}`);
      }),
    upload: (files) =>
      told(async () => {
        for (const file of files) await save(file);
      }),
    dropFolders: (entries) =>
      told(async () => (await import("./drop-folders.ts")).dropFolders(path, entries)),
    rename: (entry, name) =>
      told(async () => {
        const to = `${path}/${name}`;
        await server.moveFiles({ from: entry.path, to });
        const back = () => told(async () => void (await server.moveFiles({ from: to, to: entry.path })));
        say(`${entry.name} is ${name} now`, { label: "Undo", run: back });
      }),
    move: (entry, to) =>
      told(async () => {
        await server.moveFiles({ from: entry.path, to });
        const back = () => told(async () => void (await server.moveFiles({ from: to, to: entry.path })));
        say(`${entry.name} is ${to} now`, { label: "Undo", run: back });
      }),
    copy: (entry, to) =>
      told(async () => {
        await server.copyFiles({ from: entry.path, to });
        const isRecursive = entry.kind === "directory";
        const back = () => told(async () => void (await server.deleteFile(to, { isRecursive })));
        say(`${to} is a copy of ${entry.name}`, { label: "Undo", run: back });
      }),
    remove: (entry) =>
      told(async () => {
        try {
          await server.deleteFile(entry.path);
        } catch (error) {
          if (!(error instanceof ServerProblem) || error.code !== "DIRECTORY_NOT_EMPTY") throw error;
          say(`${entry.name} is not empty`, { label: "Delete it with all in it", run: () => empty(entry) });
          return;
        }
        const back = () =>
          told(async () => {
            if (entry.kind === "directory") await server.makeDirectory(entry.path);
            else await server.restoreFile({ path: entry.path });
          });
        say(`${entry.name} is deleted`, { label: "Undo", run: back });
      }),
  };
}

/** Brings back what was in a file before the last save. */
async function restorePrevious(path: string): Promise<void> {
  const { versions } = await server.listVersions(path, { limit: 2 });
  const before = versions[1];
  if (before !== undefined) await server.restoreFile({ path, version: before.version });
}
