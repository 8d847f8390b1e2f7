import { posix } from "node:path";
import { completeSettings, type ParameterWarning, type Source, type SubmitRun } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { createNotebookEncoder, decodeNotebookBytes, type Notebook } from "@notemill/nbformat";
import { notebookOfScript, type Script, scriptLanguageOf } from "@notemill/parameters";
import { readAll, type Store } from "@notemill/storage";
import type { StoredRun } from "@notemill/store";
import { rulesOf } from "../deliveries/rule-form.ts";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { chooseEnvironment } from "../sources/choose-environment.ts";
import { declaredPatterns, findDeclaredFiles, inDirectory } from "../sources/declared-files.ts";
import { checkParameters, refuseUnknownNames } from "./check-parameters.ts";
import { refuseSecretsOfScripts } from "../secrets/use-secrets.ts";
import { checkParameterSize } from "./parameter-size.ts";
import { type CheckedRun, type RunKey, startRun } from "./start-run.ts";

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
  { idempotencyKey, startedBy, traceparent }: Pick<RunKey, "idempotencyKey" | "startedBy" | "traceparent">,
): Promise<AskedRun> {
  const { run, warnings } = await checkRequest(platform, request);
  if (startedBy) refuseSecretsOfScripts(request, [run.parameters]);
  const started = await startRun(platform, run, {
    idempotencyKey,
    startedBy: startedBy ?? null,
    traceparent,
    request: [
      run.path,
      ...(request.script === undefined ? [] : [request.script]),
      run.parameters,
      run.kernelName,
      request.files ?? [],
      run.settings,
      run.priority,
      run.tags,
      ...(request.deliveries === undefined ? [] : [request.deliveries]),
    ],
  });
  return { run: started, warnings };
}

/** A run that was started because somebody asked for it. */
export interface AskedRun {
  readonly run: StoredRun;
  /** What was taken and may not be meant. */
  readonly warnings: readonly ParameterWarning[];
}

/** Makes of a request all that a run needs. */
async function checkRequest(
  platform: Platform,
  request: SubmitRun,
): Promise<{ readonly run: CheckedRun; readonly warnings: readonly ParameterWarning[] }> {
  const parameters = request.parameters?.text ?? "{}";
  checkParameterSize(parameters, platform.maxParameterBytes);
  const asked = await readAskedNotebook(platform, request);
  const kernelName = request.kernel_name ?? null;
  const warnings = checkParameters(asked.notebook, parameters, kernelName);
  refuseUnknownNames(warnings, request);
  const settings = completeSettings(request);
  const environment = await chooseEnvironment(platform, asked.notebook, { settings, kernelName });
  const run = {
    path: asked.virtualPath,
    sourceHash: await makeSource(platform, asked, { files: request.files ?? [], environment }),
    kernelName,
    parameters,
    settings,
    priority: request.priority ?? 0,
    tags: [...new Set(request.tags)],
    rerunOf: null,
    rules: rulesOf(request.deliveries ?? [], platform),
  };
  return { run, warnings };
}

/** A notebook that somebody wants to run. */
export interface AskedNotebook {
  readonly virtualPath: string;
  /** Where the files are that it may read; null where it came with the request. */
  readonly place: { readonly store: Store; readonly directory: string } | null;
  /** Name of the file in its source. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly notebook: Notebook;
}

/**
 * Reads the notebook that a request is about, or makes one around its script.
 *
 * @throws {@link ServerError} `REQUEST_INVALID`, `NOTEBOOK_NOT_FOUND`, `PATH_NOT_MOUNTED`, and what the store throws.
 */
export async function readAskedNotebook(
  platform: Platform,
  { path: asked, script, kernel_name: kernelName }: Pick<SubmitRun, "path" | "script" | "kernel_name">,
): Promise<AskedNotebook> {
  if ((asked === undefined) === (script === undefined)) {
    throw new ServerError("REQUEST_INVALID", "the body must have either a path or a script", {
      details: { part: "body", field: "path" },
    });
  }
  if (script !== undefined) {
    const { language, source, name = "script" } = script;
    return ofScript({ language, source, kernelName }, `/scripts/${name}`, null);
  }
  const { virtualPath, store, path } = resolveVirtualPath(platform.mounts, asked ?? "", platform.user);
  const directory = posix.dirname(path) === "." ? "" : posix.dirname(path);
  const place = { store, directory };
  const language = scriptLanguageOf(path);
  if (language === undefined) {
    const found = await platform.notebooks.read(store, path).catch((error) => refuse(error, virtualPath));
    return { virtualPath, place, name: posix.basename(path), ...found };
  }
  const bytes = await readAll(store, path).catch((error: unknown) => refuse(error, virtualPath));
  return ofScript({ language, source: decodeNotebookBytes(bytes), kernelName }, virtualPath, place);
}

function ofScript(script: Script, virtualPath: string, place: AskedNotebook["place"]): AskedNotebook {
  const notebook = notebookOfScript(script);
  const bytes = Buffer.from(createNotebookEncoder().encode(notebook).join(""));
  return { virtualPath, place, name: `${posix.basename(virtualPath)}.ipynb`, bytes, notebook };
}

/** Says that there is no such notebook, or what else went wrong. */
function refuse(error: unknown, virtualPath: string): never {
  if (!(isCodedError(error) && error.code === "STORAGE_NOT_FOUND")) throw error;
  throw new ServerError("NOTEBOOK_NOT_FOUND", `there is no notebook at "${virtualPath}"`, {
    cause: error,
    details: { path: virtualPath },
  });
}

/**
 * Keeps a notebook with the files that it reads.
 *
 * @param options.files - Paths and globs beside those that the notebook declares.
 * @returns The hash of the source.
 * @throws {@link ServerError} `SOURCE_FILE_MISSING`, `REQUEST_INVALID`, and what the store throws.
 */
export async function makeSource(
  { sources }: Platform,
  asked: AskedNotebook,
  options: { readonly files: readonly string[]; readonly environment: Source["environment"] },
): Promise<string> {
  const { files, environment } = options;
  return sources.put(asked.name, await sourceFiles(asked, files), environment);
}

/** The hash that {@link makeSource} would give; nothing is kept. @throws As it does. */
export async function sourceHash(
  { sources }: Platform,
  asked: AskedNotebook,
  { files, environment }: { readonly files: readonly string[]; readonly environment: Source["environment"] },
): Promise<string> {
  return sources.hashOf(asked.name, await sourceFiles(asked, files), environment);
}

/** The files of the source of a notebook, itself among them, by their paths in the source. @throws as {@link makeSource}. */
export async function sourceFiles(
  { place, name, bytes, notebook }: AskedNotebook,
  files: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const patterns = [...declaredPatterns(notebook), ...files];
  if (place === null && patterns.length > 0) {
    throw new ServerError(
      "REQUEST_INVALID",
      "a script that comes with the request has no files beside it; give the path of one that is in a directory",
      { details: { part: "body", field: "files" } },
    );
  }
  const found = new Map<string, Uint8Array>();
  if (place !== null) {
    const { store, directory } = place;
    for (const file of await findDeclaredFiles(store, directory, patterns))
      found.set(file, await readAll(store, inDirectory(directory, file)));
  }
  return found.set(name, bytes);
}
