import { posix } from "node:path";
import { completeSettings, type SubmitRun } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { decodeNotebookBytes, type Notebook, readNotebook } from "@notemill/nbformat";
import { readAll, type Store } from "@notemill/storage";
import type { StoredRun } from "@notemill/store";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { declaredPatterns, findDeclaredFiles, inDirectory } from "../sources/declared-files.ts";
import { checkParameters } from "./check-parameters.ts";
import { type CheckedRun, startRun } from "./start-run.ts";

/**
 * Starts a run of a notebook: reads it, checks the parameters against those that it
 * declares, makes the source that the run will read, and queues the run. Nothing is
 * kept of a request that is refused, files of a source aside.
 *
 * @throws {@link ServerError}, and the coded errors of what cannot be read.
 */
export async function submitNotebook(
  platform: Platform,
  request: SubmitRun,
  idempotencyKey: string | null,
): Promise<StoredRun> {
  const run = await checkRequest(platform, request);
  return startRun(platform, run, {
    idempotencyKey,
    request: [
      run.path,
      run.parameters,
      run.kernelName,
      request.files ?? [],
      run.settings,
      run.priority,
      run.tags,
    ],
  });
}

/** Makes of a request all that a run needs. */
async function checkRequest(platform: Platform, request: SubmitRun): Promise<CheckedRun> {
  const { virtualPath, store, path } = resolveVirtualPath(platform.mounts, request.path, platform.user);
  const bytes = await readNotebookBytes(store, path, virtualPath);
  const notebook = notebookOf(bytes);
  const parameters = request.parameters?.text ?? "{}";
  const kernelName = request.kernel_name ?? null;
  checkParameters(notebook, parameters, kernelName);
  return {
    path: virtualPath,
    sourceHash: await makeSource(platform, { store, path, bytes, notebook, files: request.files ?? [] }),
    kernelName,
    parameters,
    settings: completeSettings(request),
    priority: request.priority ?? 0,
    tags: [...new Set(request.tags)],
    rerunOf: null,
  };
}

/** Reads a notebook whose cells may have no ids yet; those that it gets here are for nobody. */
export function notebookOf(bytes: Uint8Array): Notebook {
  let count = 0;
  return readNotebook(decodeNotebookBytes(bytes), { newId: () => `unnamed-${++count}` }).notebook;
}

/** The bytes of a notebook. @throws {@link ServerError} `NOTEBOOK_NOT_FOUND`, and what the store throws. */
export async function readNotebookBytes(
  store: Store,
  path: string,
  virtualPath: string,
): Promise<Uint8Array> {
  return readAll(store, path).catch((error: unknown) => {
    if (!(isCodedError(error) && error.code === "STORAGE_NOT_FOUND")) throw error;
    throw new ServerError("NOTEBOOK_NOT_FOUND", `there is no notebook at "${virtualPath}"`, {
      cause: error,
      details: { path: virtualPath },
    });
  });
}

/** A notebook that has been read, and the patterns of the files that it is to have beside those it declares. */
interface SourceParts {
  readonly store: Store;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly notebook: Notebook;
  readonly files: readonly string[];
}

/** Keeps a notebook with the files that it reads. @returns The hash of the source. */
export async function makeSource({ sources }: Platform, notebook: SourceParts): Promise<string> {
  return sources.put(posix.basename(notebook.path), await sourceFiles(notebook));
}

/** The files of the source of a notebook, itself among them, by their paths in the source. */
export async function sourceFiles(notebook: SourceParts): Promise<ReadonlyMap<string, Uint8Array>> {
  const { store, path } = notebook;
  const directory = posix.dirname(path) === "." ? "" : posix.dirname(path);
  const patterns = [...declaredPatterns(notebook.notebook), ...notebook.files];
  const files = new Map<string, Uint8Array>();
  for (const file of await findDeclaredFiles(store, directory, patterns))
    files.set(file, await readAll(store, inDirectory(directory, file)));
  return files.set(posix.basename(path), notebook.bytes);
}
