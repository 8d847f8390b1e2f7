import { posix } from "node:path";
import {
  completeSettings,
  type createScheduleSchema,
  DEFAULT_SETTINGS,
  type ParameterWarning,
  type updateScheduleSchema,
} from "@notemill/api";
import { checkTrigger, isTimeTrigger, type Trigger } from "@notemill/schedules";
import { findWorkflow, getVersion, getWorkflow, type TriggerDefinition } from "@notemill/store";
import type { z } from "zod";

import type { Platform } from "../platform.ts";
import { checkParameterSize } from "../runs/parameter-size.ts";
import { checkSecrets, secretNames } from "../secrets/use-secrets.ts";
import { ServerError } from "../server-error.ts";
import { encodeScheduledSweep, setsOfSlot } from "../sweeps/scheduled-sweep.ts";
import { workflowParameters } from "../workflows/define-workflow.ts";
import { decodePlan } from "../workflows/plan-text.ts";
import { comingSlots } from "./next-slots.ts";
import { checkSets, prepareNotebook } from "./prepare-notebook.ts";
import { checkEventSpec } from "../events/check-event-spec.ts";
import { openParameters, slotParameters } from "./slot-parameters.ts";
import { triggerOf } from "./spec-form.ts";

type Given = z.output<typeof updateScheduleSchema>;
type Created = z.output<typeof createScheduleSchema>;

/** What a person who makes a schedule gets without asking. */
const DEFAULTS = {
  kernelName: null,
  parameters: "{}",
  files: [],
  settings: DEFAULT_SETTINGS,
  priority: 0,
  tags: [],
  catchUp: { kind: "latest" },
  concurrency: { kind: "sequential" },
  maxJitterMs: 0,
  graceMs: 60_000,
  sourceHash: null,
} as const satisfies Partial<TriggerDefinition>;

/** A definition that was checked. */
export interface DefinedSchedule {
  readonly definition: TriggerDefinition;
  /** What was taken and may not be meant. */
  readonly warnings: readonly ParameterWarning[];
}

/**
 * Makes the definition of a new schedule, and checks it: the spec has a slot, the
 * notebook can be read, and the parameters of the next slot fit it.
 *
 * @throws {@link ServerError} `SCHEDULE_NEVER_DUE` and `PARAMETERS_INVALID`, and the coded errors of specs,
 * expressions and notebooks.
 */
export function defineSchedule(platform: Platform, given: Created): Promise<DefinedSchedule> {
  const { path = null, workflow } = given;
  if ((path === null) === (workflow === undefined)) throw oneOfBoth();
  const name = given.name ?? workflow ?? posix.basename(path ?? "", ".ipynb");
  const spec = triggerOf(platform, given.spec);
  return complete(platform, { ...DEFAULTS, path, name, spec }, given);
}

/** Changes a definition, and checks it likewise. */
export function changeSchedule(
  platform: Platform,
  before: TriggerDefinition,
  given: Given,
): Promise<DefinedSchedule> {
  return complete(platform, before, given);
}

async function complete(
  platform: Platform,
  before: TriggerDefinition,
  given: Given,
): Promise<DefinedSchedule> {
  const now = platform.now();
  const definition = merge(platform, before, given);
  // Also where they are expressions, which only a slot works out.
  checkParameterSize(definition.parameters, platform.maxParameterBytes);
  const next = nextSlot(definition.spec, now);
  // What is only renamed may have had its last slot.
  if (next === undefined && given.spec !== undefined && isTimeTrigger(definition.spec)) {
    throw new ServerError("SCHEDULE_NEVER_DUE", "the schedule has no slot that is still to come");
  }
  const { text: sample, open } = isTimeTrigger(definition.spec)
    ? {
        text: slotParameters(definition.parameters, definition.spec, {
          at: next ?? now.getTime(),
          body: null,
        }),
        open: new Set<string>(),
      }
    : openParameters(definition.parameters);
  if (definition.path === null) {
    await checkEventSpec(platform, definition.spec, null);
    return { definition: await completeWorkflow(platform, definition, given, sample), warnings: [] };
  }
  const notebook = await prepareNotebook(platform, definition.path);
  await checkEventSpec(platform, definition.spec, notebook.virtualPath);
  const sets = setsOfSlot(definition.sweep ?? null, sample);
  for (const set of sets) checkParameterSize(set, platform.maxParameterBytes);
  const warnings = checkSets(notebook, sets, { kernelName: definition.kernelName, open });
  const names = sets.flatMap(secretNames);
  await checkSecrets(platform, [...new Set(names)], notebook.virtualPath);
  await notebook.checkEnvironment(definition);
  const follows = given.follows ?? (before.sourceHash === null ? "workspace" : "promoted");
  const isOther = [given.path, given.files, given.environment].some((it) => it !== undefined);
  const isKept = before.sourceHash !== null && !isOther;
  const sourceHash =
    follows === "workspace" ? null : isKept ? before.sourceHash : await notebook.makeSource(definition);
  return { definition: { ...definition, path: notebook.virtualPath, sourceHash }, warnings };
}

/** The first slot to come; undefined for events too. @throws What `checkTrigger` throws. */
function nextSlot(spec: Trigger, now: Date): number | undefined {
  if (!isTimeTrigger(spec)) return undefined;
  checkTrigger(spec);
  return comingSlots(spec, now, 1)[0];
}

function oneOfBoth(): ServerError {
  return new ServerError(
    "REQUEST_INVALID",
    "a schedule is of a notebook or of a workflow: give path or workflow",
  );
}

function merge(platform: Platform, before: TriggerDefinition, given: Given): TriggerDefinition {
  const isWorkflow = given.workflow !== undefined;
  if (isWorkflow && given.path !== undefined) throw oneOfBoth();
  return {
    name: given.name ?? before.name,
    path: isWorkflow ? null : (given.path ?? before.path),
    workflowId: given.path === undefined ? (before.workflowId ?? null) : null,
    sweep: sweepOf(before, given),
    kernelName: given.kernel_name === undefined ? before.kernelName : given.kernel_name,
    parameters: given.parameters?.text ?? before.parameters,
    files: given.files ?? before.files,
    settings: completeSettings(
      {
        timeouts: given.timeouts,
        retry: given.retry,
        keep_kernel_ms: given.keep_kernel_ms,
        memory_bytes: given.memory_bytes,
        cpus: given.cpus,
        labels: given.labels,
        environment: given.environment,
      },
      before.settings,
    ),
    priority: given.priority ?? before.priority,
    tags: given.tags === undefined ? before.tags : [...new Set(given.tags)],
    spec: given.spec === undefined ? before.spec : triggerOf(platform, given.spec),
    catchUp: given.catch_up ?? before.catchUp,
    concurrency: given.concurrency ?? before.concurrency,
    maxJitterMs: milliseconds(given.max_jitter_seconds) ?? before.maxJitterMs,
    graceMs: milliseconds(given.grace_seconds) ?? before.graceMs,
    sourceHash: before.sourceHash,
  };
}

function sweepOf(before: TriggerDefinition, { sweep }: Given): string | null {
  if (sweep === undefined) return before.sweep ?? null;
  return sweep === null ? null : encodeScheduledSweep(sweep);
}

/** What is said of how a notebook is run, which a workflow says itself. */
const OF_NOTEBOOKS = [
  "sweep",
  "kernel_name",
  "files",
  "priority",
  "tags",
  "timeouts",
  "retry",
  "keep_kernel_ms",
  "memory_bytes",
  "cpus",
  "labels",
  "follows",
] as const;

/** Checks the definition of a schedule that starts a workflow. @param sample - The parameters of its next slot. */
async function completeWorkflow(
  platform: Platform,
  definition: TriggerDefinition,
  given: Given,
  sample: string,
): Promise<TriggerDefinition> {
  const { driver, user } = platform;
  const unfit = OF_NOTEBOOKS.find((field) => given[field] !== undefined);
  if (unfit !== undefined) {
    throw new ServerError(
      "REQUEST_INVALID",
      `"${unfit}" is for a notebook; the workflow's steps say it for theirs`,
    );
  }
  const workflow =
    given.workflow === undefined
      ? await getWorkflow(driver, definition.workflowId ?? "")
      : await findWorkflow(driver, user, given.workflow);
  if (workflow === null || workflow.deletedAt !== null) {
    const name = given.workflow ?? workflow?.name ?? "";
    throw new ServerError("WORKFLOW_NOT_FOUND", `there is no workflow named "${name}"`, {
      details: { name },
    });
  }
  const version = await getVersion(driver, workflow.id, workflow.activeVersion);
  if (version !== null) workflowParameters(decodePlan(version.plan).workflow, sample, platform);
  return { ...definition, sweep: null, workflowId: workflow.id, sourceHash: null };
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
