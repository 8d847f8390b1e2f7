import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import {
  findKernelspec,
  findKernelspecs,
  type Kernel,
  type Kernelspec,
  startHostedKernel,
  startKernel,
  type StartKernelOptions,
} from "@notemill/kernel";
import { createNotebookEncoder } from "@notemill/nbformat";
import { formatPath, mergeParameters, type ParameterMap } from "@notemill/parameters";
import { type Location, openLocation } from "@notemill/storage";
import { applyParameters, warnOfParameters } from "./apply-parameters.ts";
import { systemClock } from "./clock.ts";
import { endingKernel } from "./ending-kernel.ts";
import { ExecutorError } from "./executor-error.ts";
import { executeDocument } from "./execute-document.ts";
import { chooseKernel, chooseKernelName } from "./kernel-choice.ts";
import { hideInputs, prepareNotebook, withKernelspec } from "./prepare-notebook.ts";
import { readSource } from "./read-source.ts";
import type { RunNotebookOptions, RunOutcome } from "./run-options.ts";

/**
 * Runs a notebook as papermill does: template paths, read, inject parameters,
 * execute, save. The output notebook tells the truth at every moment.
 *
 * Nothing is written and no kernel starts when the input, a parameter, the
 * kernel's name or the output location is bad.
 *
 * @returns How the run ended, failures included.
 * @throws {@link ExecutorError}, and the coded errors of the packages below, when the run cannot begin.
 */
export async function runNotebook(options: RunNotebookOptions): Promise<RunOutcome> {
  const { compat = false, reportMode = false, onEvent = () => undefined } = options;
  const parameters: ParameterMap = options.parameters ?? new Map();
  const clock = options.clock ?? systemClock;
  const newUuid = options.newUuid ?? (() => crypto.randomUUID());
  const newCellId = () => newUuid().slice(0, 8);
  const open = options.openLocation ?? ((path: string): Location => openLocation(path));

  const runId = newUuid();
  const builtIns = { runUuid: runId, now: new Date(clock.now()) };
  const inputPath = formatPath(options.inputPath, parameters, builtIns);
  const outputPath =
    options.outputPath === null ? null : formatPath(options.outputPath, parameters, builtIns);

  const read = options.source ?? (await readSource(open(inputPath), { newCellId, signal: options.signal }));
  const source = read.notebook;
  for (const { code, message } of read.warnings) onEvent({ type: "run-warned", code, message });
  // The language is that of the parameters alone, and a notebook that only gets prepared needs no kernel.
  const choice = parameters.size === 0 ? undefined : chooseKernel(source, options);
  const kernelName = options.prepareOnly === true ? "" : chooseKernelName(source, options);
  const variables: ReadonlyMap<string, string> = options.environmentParameters ?? new Map();
  // What a variable holds is text.
  const given = mergeParameters([parameters, new Map([...variables.keys()].map((name) => [name, ""]))]);
  const strict = options.strictParameters === true;
  const warnings = warnOfParameters(source, given, { choice, strict });
  const described = prepareNotebook(source, { inputPath, outputPath, parameters, compat });
  const injected = applyParameters(described, parameters, {
    choice,
    compat,
    newCellId,
    environment: variables,
  });
  // Not before: who gave a name that no parameter can have hears of that alone.
  for (const event of warnings) onEvent(event);
  const prepared = reportMode ? hideInputs(injected, { compat }) : injected;

  const output = outputPath === null ? null : open(outputPath);
  await output?.checkWritable();

  await checkWorkingDirectory(options.cwd);

  if (options.prepareOnly === true) {
    await output?.write(createNotebookEncoder().encode(prepared), { durable: true });
    return { runId, status: "succeeded", notebook: prepared, outputPath, duration: 0 };
  }

  const environment = (await options.chooseEnvironment?.(source)) ?? null;
  const kernelspec = environment?.kernelspec ?? (await findByName(options, kernelName));
  const named = compat ? prepared : withKernelspec(prepared, kernelspec, options.kernelName);
  const started = beginKernel(options, {
    kernelspec,
    // Kernels of a host or a fork server are started from another directory than this process is in.
    cwd: resolve(options.cwd ?? ""),
    env: environment?.env ?? options.env ?? process.env,
    startTimeoutMs: options.startTimeoutMs ?? 60_000,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return endingKernel(started, (endKernel) =>
    executeDocument({
      ...options,
      runId,
      inputPath,
      outputPath,
      output,
      prepared: named,
      sourceSha256: read.sha256,
      kernelName,
      kernel: started,
      clock,
      newCellId,
      onEvent,
      endKernel,
    }),
  );
}

async function findByName(
  { builtInKernelspecs = [] }: RunNotebookOptions,
  kernelName: string,
): Promise<Kernelspec> {
  return findKernelspec(await findKernelspecs({ builtIns: builtInKernelspecs }), kernelName);
}

function beginKernel(
  { startKernel: start, keepKernelMs = 0, hostCommand }: RunNotebookOptions,
  options: StartKernelOptions,
): Promise<Kernel> {
  if (start) return start(options);
  if (keepKernelMs === 0) return startKernel(options);
  return startHostedKernel({ ...options, ...(hostCommand ? { hostCommand } : {}) });
}

async function checkWorkingDirectory(cwd: string | undefined): Promise<void> {
  if (cwd === undefined) return;
  const isDirectory = await stat(cwd).then(
    (it) => it.isDirectory(),
    () => false,
  );
  if (isDirectory) return;
  throw new ExecutorError(
    "WORKING_DIRECTORY_MISSING",
    `the working directory "${cwd}" is no directory; create it first`,
    { details: { cwd } },
  );
}
