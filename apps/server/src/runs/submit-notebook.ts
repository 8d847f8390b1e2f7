import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { SubmitRun } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { chooseKernel, readKernelChoice } from "@notemill/executor";
import { isJsonObject, parseJson } from "@notemill/json";
import { decodeNotebookBytes, type Notebook, readNotebook } from "@notemill/nbformat";
import {
  inferParameters,
  type ParameterMap,
  parametersFromJson,
  translateParameters,
  validateParameters,
} from "@notemill/parameters";
import { readAll, type Store } from "@notemill/storage";
import { type Submitted, submitRun } from "@notemill/store";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { declaredPatterns, findDeclaredFiles, inDirectory } from "../sources/declared-files.ts";

/** The most attempts of a run whose runners are lost. */
const MAX_ATTEMPTS = 3;

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
): Promise<Submitted> {
  const { virtualPath, store, path } = resolveVirtualPath(platform.mounts, request.path, platform.user);
  const bytes = await readNotebookBytes(store, path, virtualPath);
  const { notebook } = readNotebook(decodeNotebookBytes(bytes), { newId: unnamedIds() });
  const parametersText = request.parameters?.text ?? "{}";
  checkParameters(notebook, readParameters(parametersText), request.kernel_name);

  const sourceHash = await makeSource(platform, { store, path, bytes, notebook, files: request.files ?? [] });
  const submitted = await submitRun(platform.driver, {
    id: platform.newId(),
    attemptId: platform.newId(),
    owner: platform.user,
    path: virtualPath,
    sourceHash,
    kernelName: request.kernel_name ?? null,
    parameters: parametersText,
    idempotencyKey,
    requestSha256: hashOf([virtualPath, parametersText, request.kernel_name ?? null, request.files ?? []]),
    maxAttempts: MAX_ATTEMPTS,
    now: platform.now(),
  });
  if (submitted.kind !== "key-reused") return submitted;
  throw new ServerError(
    "IDEMPOTENCY_KEY_REUSED",
    `the key "${idempotencyKey}" has started run ${submitted.run.id}, of something else; use a new key for a new run`,
    { details: { run_id: submitted.run.id } },
  );
}

async function readNotebookBytes(store: Store, path: string, virtualPath: string): Promise<Uint8Array> {
  return readAll(store, path).catch((error: unknown) => {
    if (!(isCodedError(error) && error.code === "STORAGE_NOT_FOUND")) throw error;
    throw new ServerError("NOTEBOOK_NOT_FOUND", `there is no notebook at "${virtualPath}"`, {
      cause: error,
      details: { path: virtualPath },
    });
  });
}

function readParameters(text: string): ParameterMap {
  const value = parseJson(text);
  if (isJsonObject(value)) return parametersFromJson(value);
  throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
}

/** Finds out now what would otherwise fail in the runner. */
function checkParameters(notebook: Notebook, parameters: ParameterMap, kernelName: string | undefined): void {
  const { kernelName: name, language } = readKernelChoice(notebook, { kernelName });
  // Without parameters nobody has to know the language.
  if (parameters.size === 0 && name !== undefined && language === undefined) return;
  const choice = chooseKernel(notebook, { kernelName });
  const problems = validateParameters(inferParameters(notebook, choice), parameters).filter(
    ({ severity }) => severity === "error",
  );
  const [first] = problems;
  if (first !== undefined) {
    throw new ServerError("PARAMETERS_INVALID", first.message, {
      details: { problems: problems.map(({ kind, name, message }) => ({ kind, name, message })) },
    });
  }
  // A name that the language cannot have is refused by the translator.
  if (parameters.size > 0) translateParameters({ ...choice, parameters, notebook });
}

async function makeSource(
  { sources }: Platform,
  notebook: {
    readonly store: Store;
    readonly path: string;
    readonly bytes: Uint8Array;
    readonly notebook: Notebook;
    readonly files: readonly string[];
  },
): Promise<string> {
  const { store, path } = notebook;
  const directory = posix.dirname(path) === "." ? "" : posix.dirname(path);
  const name = posix.basename(path);
  const patterns = [...declaredPatterns(notebook.notebook), ...notebook.files];
  const files = new Map<string, Uint8Array>();
  for (const file of await findDeclaredFiles(store, directory, patterns))
    files.set(file, await readAll(store, inDirectory(directory, file)));
  return sources.put(name, files.set(name, notebook.bytes));
}

function unnamedIds(): () => string {
  let count = 0;
  return () => `unnamed-${++count}`;
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
