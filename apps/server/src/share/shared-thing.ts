import { isCodedError } from "@notemill/errors";
import { type OpenFile, type ReadOptions, storePath } from "@notemill/storage";
import { isFinal } from "@notemill/schedules";
import { getRun, latestRecordFiles, latestSucceeded, type StoredLink, type StoredRun } from "@notemill/store";
import { directoryAt } from "../files/find-file.ts";
import { fileNotFound } from "../files/file-problems.ts";
import { openFile } from "../files/version-content.ts";
import type { UserBytes } from "../http/user-bytes.ts";
import type { Platform } from "../platform.ts";
import { OUTPUT_NAME, RECORD_FORM } from "../records/record-form.ts";
import { liveNotebook } from "../runs/live-notebook.ts";
import { ServerError } from "../server-error.ts";

/** What a share link shows at a place below it. */
export type SharedThing =
  | { readonly kind: "bytes"; readonly bytes: UserBytes }
  /** Bytes that may change while they are read. */
  | { readonly kind: "live"; readonly name: string; readonly file: OpenFile }
  | { readonly kind: "directory"; readonly path: string };

/**
 * Finds what a link shows.
 *
 * @param below - Path below a shared directory; empty for the thing itself.
 * @throws {@link ServerError} `FILE_NOT_FOUND`, `OUTPUT_NOT_THERE`, `RUN_NOT_FOUND`, `LINK_NOT_FOUND`.
 */
export async function sharedThing(platform: Platform, link: StoredLink, below: string): Promise<SharedThing> {
  if (below !== "" && link.kind !== "directory")
    throw new ServerError("LINK_NOT_FOUND", "the link shows one thing, and nothing below it");
  switch (link.kind) {
    case "run": {
      const run = await getRun(platform.driver, link.runId ?? "");
      if (run === null) throw new ServerError("RUN_NOT_FOUND", "the run is not there any longer");
      const live = isFinal(run.status) ? null : await liveNotebook(platform, run);
      if (live !== null) return { kind: "live", name: `${run.id}.ipynb`, file: live };
      return { kind: "bytes", bytes: await outputBytes(platform, run) };
    }
    case "latest": {
      const run = await latestSucceeded(platform.driver, link.path ?? "");
      if (run === null) throw new ServerError("OUTPUT_NOT_THERE", "no run of the notebook has succeeded yet");
      return { kind: "bytes", bytes: await outputBytes(platform, run) };
    }
    case "file":
    case "directory":
      return fileThing(platform, `${link.path}${below === "" ? "" : `/${storePath(below)}`}`);
  }
}

async function fileThing(platform: Platform, path: string): Promise<SharedThing> {
  const found = directoryAt(platform, path);
  if (found.kind === "mounts") throw fileNotFound(found);
  if (found.path === "" || (await found.store.hasDirectory(found.path))) return { kind: "directory", path };
  const info = await found.store.stat(found.path);
  if (info === null) throw fileNotFound(found);
  const open = (options: ReadOptions): Promise<OpenFile> => openFile(found, options);
  return { kind: "bytes", bytes: { name: path, size: info.size, etag: info.etag, open } };
}

async function outputBytes({ driver, records }: Platform, run: StoredRun): Promise<UserBytes> {
  const latest = await latestRecordFiles(driver, run.id);
  const output = latest?.files.find(({ name }) => name === OUTPUT_NAME);
  if (latest === null || output === undefined)
    throw new ServerError("OUTPUT_NOT_THERE", `the run is ${run.status} and has no output notebook yet`);
  const path = `${RECORD_FORM.directory(run, { number: latest.attempt })}/${OUTPUT_NAME}`;
  return {
    name: `${run.id}.ipynb`,
    size: output.size,
    etag: output.sha256,
    open: (options) =>
      records.read(path, options).catch((error: unknown) => {
        if (!(isCodedError(error) && error.code === "STORAGE_NOT_FOUND")) throw error;
        throw new ServerError("OUTPUT_NOT_THERE", "the record has been let go", { cause: error });
      }),
  };
}
