import { completeSettings, type RetrySweep, type RunSettings, type SubmitSweep } from "@notemill/api";
import { encodeJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import { isFinal } from "@notemill/schedules";
import {
  getSweep,
  listChildren,
  type NewChild,
  type StoredChild,
  type StoredRun,
  type StoredSweep,
  submitSweep,
} from "@notemill/store";
import { rulesOf } from "../deliveries/rule-form.ts";
import type { Platform } from "../platform.ts";
import { checkParameterSets, refuseUnknownNames } from "../runs/check-parameters.ts";
import { checkParameterSize } from "../runs/parameter-size.ts";
import { type CheckedRun, newRun, type RunKey, startedRun } from "../runs/start-run.ts";
import { type AskedRun, makeSource, readAskedNotebook } from "../runs/submit-notebook.ts";
import { checkSecrets, refuseSecretsOfScripts, secretNames } from "../secrets/use-secrets.ts";
import { ServerError } from "../server-error.ts";
import { chooseEnvironment } from "../sources/choose-environment.ts";
import { readSets } from "./read-sets.ts";

/** How many children may be under way at once where nobody says. */
export const DEFAULT_CONCURRENCY = 4;

/** A parent is not tried again: its children are. */
const NEVER = { retries: 0 };
const NO_RETRIES = { user: NEVER, platform: NEVER, timeout: NEVER };

/**
 * Starts a sweep: every set of parameters is checked against those that the notebook
 * declares, and the source that all runs will read is made, before anything is kept.
 *
 * @throws {@link ServerError}, and the coded errors of what cannot be read.
 */
export async function startSweep(
  platform: Platform,
  request: SubmitSweep,
  { idempotencyKey, startedBy = null }: Pick<RunKey, "idempotencyKey" | "startedBy">,
): Promise<AskedRun> {
  const asked = await readAskedNotebook(platform, request);
  const kernelName = request.kernel_name ?? null;
  const sets = readSets(request);
  const warnings = checkParameterSets(asked.notebook, sets, { kernelName });
  refuseUnknownNames(warnings, request);
  const texts = sets.map((parameters) => encodeJson(parametersToJson(parameters)));
  const parameters = request.parameters?.text ?? "{}";
  // The parent has them too, also those of which each run has others.
  for (const text of [parameters, ...texts]) checkParameterSize(text, platform.maxParameterBytes);
  if (startedBy !== null) refuseSecretsOfScripts(request, texts);
  const settings = completeSettings(request);
  const environment = await chooseEnvironment(platform, asked.notebook, { settings, kernelName });
  const run = {
    path: asked.virtualPath,
    sourceHash: await makeSource(platform, asked, { files: request.files ?? [], environment }),
    kernelName,
    parameters,
    priority: request.priority ?? 0,
    tags: [...new Set(request.tags)],
    rerunOf: null,
  };
  const { concurrency = DEFAULT_CONCURRENCY, on_failure: onFailure = "continue" } = request;
  const { deliveries } = request;
  const started = await start(platform, {
    run: { ...run, rules: rulesOf(deliveries ?? [], platform) },
    settings,
    concurrency,
    stopOnFailure: onFailure === "stop",
    children: texts.map((parameters) => newChild(platform, parameters)),
    key: {
      idempotencyKey,
      startedBy,
      request: [
        run,
        request.files ?? [],
        settings,
        texts,
        concurrency,
        onFailure,
        ...(deliveries === undefined ? [] : [deliveries]),
      ],
    },
  });
  return { run: started, warnings };
}

/**
 * Starts a sweep that makes those runs of an earlier one again that did not succeed,
 * from the same source. The results of the others are taken over.
 *
 * @throws {@link ServerError} `SWEEP_NOT_FOUND`, `SWEEP_NOT_OVER`, `SWEEP_HAS_NO_FAILURES`.
 */
export async function retrySweep(
  platform: Platform,
  parent: StoredRun,
  request: RetrySweep,
  idempotencyKey: string | null,
): Promise<StoredRun> {
  const earlier = await findSweep(platform, parent);
  if (!isFinal(parent.status)) {
    throw new ServerError(
      "SWEEP_NOT_OVER",
      `sweep ${parent.id} is ${parent.status}; wait for its end, or cancel it`,
      { details: { id: parent.id } },
    );
  }
  const children: NewChild[] = [];
  for await (const child of allChildren(platform, parent.id)) children.push(childAgain(platform, child));
  if (children.every(({ kept }) => kept !== undefined)) {
    throw new ServerError("SWEEP_HAS_NO_FAILURES", `every run of sweep ${parent.id} has succeeded`, {
      details: { id: parent.id },
    });
  }
  const { path, sourceHash, kernelName, parameters, priority, tags } = parent;
  const stopOnFailure =
    request.on_failure === undefined ? earlier.stopOnFailure : request.on_failure === "stop";
  return start(platform, {
    run: { path, sourceHash, kernelName, parameters, priority, tags, rerunOf: parent.id },
    settings: JSON.parse(earlier.childSettings) as RunSettings,
    concurrency: request.concurrency ?? earlier.concurrency,
    stopOnFailure,
    children,
    key: { idempotencyKey, request: ["retry", parent.id, request] },
  });
}

/** The sweep whose parent a run is. @throws {@link ServerError} `SWEEP_NOT_FOUND`. */
export async function findSweep({ driver }: Pick<Platform, "driver">, run: StoredRun): Promise<StoredSweep> {
  const sweep = await getSweep(driver, run.id);
  if (sweep !== null) return sweep;
  throw new ServerError("SWEEP_NOT_FOUND", `run ${run.id} is not the parent of a sweep`, {
    details: { id: run.id },
  });
}

/** How many children are read at once. */
const PAGE = 1000;

/** Every child of a sweep, in order. */
export async function* allChildren(
  { driver }: Pick<Platform, "driver">,
  sweepId: string,
): AsyncGenerator<StoredChild> {
  for (let after = -1; ;) {
    const children = await listChildren(driver, sweepId, { after, limit: PAGE });
    yield* children;
    if (children.length < PAGE) return;
    after = children.at(-1)?.index ?? after;
  }
}

async function start(
  platform: Platform,
  sweep: {
    readonly run: Omit<CheckedRun, "settings">;
    readonly settings: RunSettings;
    readonly concurrency: number;
    readonly stopOnFailure: boolean;
    readonly children: readonly NewChild[];
    readonly key: RunKey;
  },
): Promise<StoredRun> {
  const { run, settings, concurrency, stopOnFailure, children, key } = sweep;
  const names = new Set(children.flatMap(({ parameters }) => secretNames(parameters)));
  await checkSecrets(platform, [...names], run.path);
  const submitted = await submitSweep(platform.driver, {
    run: newRun(platform, { ...run, settings: parentSettings(settings) }, key),
    concurrency,
    stopOnFailure,
    childSettings: settings,
    children,
  });
  return startedRun(submitted, key);
}

/** The settings of a parent, whose runs have these. */
export function parentSettings(settings: RunSettings): RunSettings {
  return completeSettings({ retry: NO_RETRIES, keep_kernel_ms: 0 }, settings);
}

/** A run of a sweep that is about to start. @param parameters - JSON. */
export function newChild({ newId }: Pick<Platform, "newId">, parameters: string): NewChild {
  return { runId: newId(), attemptId: newId(), parameters };
}

function childAgain(platform: Platform, child: StoredChild): NewChild {
  const again = newChild(platform, child.parameters);
  if (child.runId === null || child.status !== "succeeded") return again;
  const { runId, metrics, seconds } = child;
  return { ...again, runId, kept: { metrics, seconds } };
}
