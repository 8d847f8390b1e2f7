import { isCodedError } from "@notemill/errors";
import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import { attachKernel, type HostedKernel } from "@notemill/kernel";
import { parametersFromJson } from "@notemill/parameters";
import { openLocation } from "@notemill/storage";
import { systemClock } from "./clock.ts";
import { endingKernel } from "./ending-kernel.ts";
import { removeErrorMarkers } from "./error-markers.ts";
import { executeDocument } from "./execute-document.ts";
import { ExecutorError } from "./executor-error.ts";
import { firstIncomplete } from "./kept-record.ts";
import { knownDeath } from "./known-death.ts";
import { type KeptKernel, readKeptKernel } from "./kept-kernel.ts";
import { readSource } from "./read-source.ts";
import type { RunNotebookOptions, RunOutcome } from "./run-options.ts";
import { shellWord } from "./shell-word.ts";

/** Options of {@link resumeNotebook}: those of a run that make sense for one that has begun. */
export type ResumeNotebookOptions = Pick<
  RunNotebookOptions,
  | "cellTimeoutMs"
  | "runTimeoutMs"
  | "interruptGraceMs"
  | "saveIntervalMs"
  | "outputLimits"
  | "keepKernelMs"
  | "redactor"
  | "signal"
  | "onEvent"
  | "clock"
  | "newUuid"
>;

/**
 * Goes on with a failed run in the kernel that was kept for it, from the first
 * cell that did not complete. Cells before that one stay as they are; the cells
 * from there on are read from the output notebook, so that they can be mended there.
 *
 * @param path - The output notebook, which is written on.
 * @throws {@link ExecutorError} `RESUME_NOT_POSSIBLE` when no kernel was kept, or it
 * is gone; the remedy is to run the notebook anew.
 */
export async function resumeNotebook(path: string, options: ResumeNotebookOptions = {}): Promise<RunOutcome> {
  const { onEvent = () => undefined, clock = systemClock } = options;
  const newUuid = options.newUuid ?? (() => crypto.randomUUID());
  const newCellId = () => newUuid().slice(0, 8);
  const output = openLocation(path);
  const read = await readSource(output, { newCellId, signal: options.signal });
  const run = asObject(read.notebook.metadata["notemill"]);
  const papermill = asObject(read.notebook.metadata["papermill"]);
  const inputPath = textOf(papermill["input_path"]);
  const kept = readKeptKernel(run["kernel"]);
  const parameters = asObject(papermill["parameters"]);
  const failed = { path, inputPath, cwd: kept?.cwd, parameters };
  if (!kept) throw notPossible(failed, "it names no kernel that was kept; --keep-kernel keeps one");

  await output.checkWritable();
  const kernel = await attach(kept, failed);
  const prepared = removeErrorMarkers(read.notebook);
  return endingKernel(Promise.resolve(kernel), (endKernel) =>
    executeDocument({
      keepKernelMs: kept.keepMs,
      ...(kept.cwd === undefined ? {} : { cwd: kept.cwd }),
      ...options,
      runId: textOf(run["run_id"]) ?? newUuid(),
      inputPath: inputPath ?? path,
      outputPath: path,
      output,
      prepared,
      sourceSha256: textOf(run["source_sha256"]) ?? read.sha256,
      parameters: parametersFromJson(parameters),
      kernelName: kernel.kernelspec.name,
      kernel: Promise.resolve(kernel),
      firstIndex: firstIncomplete(prepared.cells),
      clock,
      newCellId,
      onEvent,
      endKernel,
    }),
  );
}

async function attach(kept: KeptKernel, failed: FailedRun): Promise<HostedKernel> {
  const kernel = await attachHost(kept, failed);
  const death = await knownDeath(kernel);
  if (death === undefined) return kernel;
  await kernel.shutdown({ mode: "immediate" });
  throw notPossible(failed, `its kernel has died (${death.signal ?? `exit code ${death.exitCode}`})`);
}

async function attachHost(kept: KeptKernel, failed: FailedRun): Promise<HostedKernel> {
  try {
    return await attachKernel(kept.hostDir);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const isTaken = error.code === "KERNEL_HOST_ATTACHED";
    const why = isTaken
      ? "another program is attached to its kernel"
      : `its kernel is gone (${error.message})`;
    throw notPossible(failed, why, error);
  }
}

/** What is known of a run that is to be gone on with. */
interface FailedRun {
  readonly path: string;
  readonly inputPath: string | undefined;
  readonly cwd: string | undefined;
  readonly parameters: JsonObject;
}

function notPossible(failed: FailedRun, why: string, cause?: unknown): ExecutorError {
  const { path, inputPath } = failed;
  const hasParameters = Object.keys(failed.parameters).length > 0;
  const remedy =
    inputPath === undefined || inputPath === path
      ? "run the notebook that it was made from anew"
      : `run it anew${hasParameters ? ", with the parameters that it had" : ""}: ${commandOf(failed, inputPath)}`;
  return new ExecutorError("RESUME_NOT_POSSIBLE", `"${path}" cannot be gone on with: ${why}; ${remedy}`, {
    cause,
    details: { path },
  });
}

/** The command that makes a run again; what its parameters were is in its notebook, and may be nobody's business. */
function commandOf({ path, cwd }: FailedRun, inputPath: string): string {
  const paths = [inputPath, path].map(shellWord);
  return ["notemill run", ...paths, ...(cwd === undefined ? [] : ["--cwd", shellWord(cwd)])].join(" ");
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
