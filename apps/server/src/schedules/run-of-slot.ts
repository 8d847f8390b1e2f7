import { createHash } from "node:crypto";
import { isCodedError } from "@notemill/errors";
import type { DueSlot, NewRun, NewSweep, SlotRun, StoredTrigger } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { checkParameterSize } from "../runs/parameter-size.ts";
import { setsOfSlot, sweepOfRun } from "../sweeps/scheduled-sweep.ts";
import { checkSets, type PreparedNotebook, prepareNotebook } from "./prepare-notebook.ts";
import { slotParameters } from "./slot-parameters.ts";

/** What the runs of a trigger read. */
export interface TriggerSource {
  readonly sourceHash: string;
  /** Null where the source was checked when it was promoted. */
  readonly notebook: PreparedNotebook | null;
  /** Parameters that are known to fit the notebook, as JSON. Default: none. */
  readonly fitting?: string;
}

/** A trigger that runs a notebook. */
export type NotebookTrigger = StoredTrigger & { readonly path: string };

/** Whether a trigger runs a notebook; otherwise it starts a workflow. */
export function runsNotebook(trigger: StoredTrigger): trigger is NotebookTrigger {
  return trigger.path !== null;
}

/** Reads what the runs of a trigger read now. @throws What submitting a run would. */
export async function sourceOf(platform: Platform, trigger: NotebookTrigger): Promise<TriggerSource> {
  if (trigger.sourceHash !== null) return { sourceHash: trigger.sourceHash, notebook: null };
  const notebook = await prepareNotebook(platform, trigger.path);
  return { sourceHash: await notebook.makeSource(trigger), notebook };
}

/** Makes a {@link sourceOf} that reads what several triggers run once: for triggers that are read now. */
export function shareSources(platform: Platform): (trigger: NotebookTrigger) => Promise<TriggerSource> {
  const shared = new Map<string, Promise<TriggerSource>>();
  return (trigger) => {
    const { path, files, kernelName, settings, sourceHash } = trigger;
    const key = JSON.stringify([path, files, kernelName, settings.environment ?? null, sourceHash]);
    const source = shared.get(key) ?? sourceOf(platform, trigger);
    shared.set(key, source);
    return source;
  };
}

/** Finds out whether the parameters of a trigger fit before there is a transaction that waits for it. */
export function checkAhead(
  source: TriggerSource,
  { parameters, sweep, kernelName }: NotebookTrigger,
): TriggerSource {
  if (source.notebook === null) return source;
  try {
    checkSets(source.notebook, setsOfSlot(sweep, parameters), { kernelName });
  } catch {
    // Expressions are checked when they are worked out, and what is wrong is told there.
    return source;
  }
  return { ...source, fitting: parameters };
}

/** What a slot of a notebook's trigger starts: a run, or a sweep. */
export type NotebookStart = { readonly run: NewRun } | { readonly sweep: NewSweep };

/** Makes what a slot starts. @throws The coded errors of expressions, parameters and sweeps. */
export function startOfSlot(
  platform: Platform,
  trigger: NotebookTrigger,
  { sourceHash, notebook, fitting }: TriggerSource,
  slot: DueSlot,
): NotebookStart {
  const facts = { at: slot.at.getTime(), body: slot.body };
  const parameters = slotParameters(trigger.parameters, trigger.spec, facts);
  const { sweep } = trigger;
  const sets = setsOfSlot(sweep, parameters);
  // The parent of a sweep has what is the same for all, also where its runs have other values.
  for (const set of [parameters, ...sets]) checkParameterSize(set, platform.maxParameterBytes);
  if (notebook !== null && parameters !== fitting) checkSets(notebook, sets, trigger);
  const asked = [trigger.id, slot.at.toISOString(), parameters];
  const run: NewRun = {
    id: platform.newId(),
    attemptId: platform.newId(),
    owner: trigger.owner,
    path: trigger.path,
    sourceHash,
    kernelName: trigger.kernelName,
    parameters,
    idempotencyKey: null,
    requestSha256: createHash("sha256").update(JSON.stringify(asked)).digest("hex"),
    settings: trigger.settings,
    priority: trigger.priority,
    tags: trigger.tags,
    rerunOf: null,
    now: platform.now(),
  };
  return sweep === null ? { run } : { sweep: sweepOfRun(platform, run, { sweep, sets }) };
}

/** The same for one that nobody waits for: what is wrong becomes the reason why there is no run. */
export function trySlot(make: () => SlotRun): SlotRun {
  try {
    return make();
  } catch (error) {
    return whySkipped(error);
  }
}

/** An error as the reason of a slot without a run. @throws The error, where it is not about what is to be run. */
export function whySkipped(error: unknown): SlotRun {
  if (!isCodedError(error) || /^STOR(E|AGE)_(?!PATH)/.test(error.code)) throw error;
  return { skipped: { code: error.code, message: error.message } };
}
