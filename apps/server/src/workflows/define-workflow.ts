import type { AppliedWorkflow, ParameterWarning } from "@notemill/api";
import { expressionProblem } from "@notemill/expressions";
import { encodeJson, isJsonObject, type JsonValue, parseJson } from "@notemill/json";
import { isCodedError } from "@notemill/errors";
import { createNotebookEncoder, type Notebook } from "@notemill/nbformat";
import { expressionIn, readWorkflow, type Workflow, type WorkflowStep } from "@notemill/schedules";
import { findTaggedCell } from "@notemill/parameters";
import type { Platform } from "../platform.ts";
import { findInParameters } from "../runs/check-parameters.ts";
import { checkParameterSize } from "../runs/parameter-size.ts";
import { readAskedNotebook } from "../runs/submit-notebook.ts";
import { prepareAsked, type PreparedNotebook } from "../schedules/prepare-notebook.ts";
import { checkSecrets, secretNames } from "../secrets/use-secrets.ts";
import { ServerError } from "../server-error.ts";
import { expressionNameProblems, readsOf } from "./check-expressions.ts";
import { type NotebookPin, type PlanContent, plainNumbers, type StepPin } from "./plan-text.ts";
import { type RunStep, stepFiles, stepKernel, stepSettings } from "./step-settings.ts";

/** One thing that is wrong with a definition, and where. */
export interface DefinitionProblem {
  readonly code: string;
  /** Key of the step, or its number from 0 where it has no usable key; null for the workflow itself. */
  readonly step: string | number | null;
  readonly field: string;
  readonly message: string;
}

/** A plan, and what was taken for it and may not be meant. */
export interface DefinedWorkflow {
  readonly content: PlanContent;
  readonly warnings: AppliedWorkflow["warnings"];
}

/** Whether the files that steps read are kept, or only looked at. */
export type SourceUse = "keep" | "look";

/**
 * Makes the plan of a definition: everything that can be checked is, and what its steps
 * run is fixed by hash.
 *
 * @param definition - JSON.
 * @throws {@link ServerError} `WORKFLOW_INVALID` with all `problems`, and what the stores throw.
 */
export async function defineWorkflow(
  platform: Platform,
  { name, definition }: { readonly name: string; readonly definition: string },
  use: SourceUse,
): Promise<DefinedWorkflow> {
  const read = readWorkflow(plainNumbers(parseJson(definition)), { checkExpression: expressionProblem });
  if (!read.ok) {
    // The rest of what is wrong is told with it.
    const pinned = await Promise.all(read.steps.map((step) => pinStep(platform, step, "look")));
    throw workflowInvalid([...read.problems, ...pinned.flatMap(({ problems }) => problems)]);
  }
  const { workflow } = read;
  const problems = [
    ...ownParameterProblems(workflow),
    ...ownSizeProblems(platform, workflow),
    ...workflow.steps.flatMap((step) => expressionNameProblems(workflow, step)),
  ];
  const pins = new Map<string, StepPin>();
  const warnings: AppliedWorkflow["warnings"] = [];
  for (const step of workflow.steps) {
    const pinned = await pinStep(platform, step, use);
    problems.push(...pinned.problems);
    warnings.push(...pinned.warnings.map((it) => ({ ...it, step: step.key })));
    pins.set(step.key, { reads: readsOf(workflow, step), notebook: pinned.notebook });
  }
  if (problems.length > 0) throw workflowInvalid(problems);
  return { content: { name, workflow, pins }, warnings };
}

/** The workflow's own parameters are what expressions are worked out from. */
function ownParameterProblems({ parameters }: Workflow): readonly DefinitionProblem[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (expressionIn(value) === undefined) return [];
    const message = "a parameter of the workflow itself is a plain value; a schedule may work one out";
    return [{ code: "FIELD_INVALID", step: null, field: `parameters.${name}`, message }];
  });
}

/** Nor can a workflow-run be started with more than one may have. */
function ownSizeProblems(platform: Platform, workflow: Workflow): readonly DefinitionProblem[] {
  try {
    workflowParameters(workflow, undefined, platform);
    return [];
  } catch (error) {
    return [problemOf(error, null, "parameters")];
  }
}

interface Pinned {
  readonly notebook: NotebookPin | null;
  readonly problems: readonly DefinitionProblem[];
  readonly warnings: readonly ParameterWarning[];
}

async function pinStep(platform: Platform, step: WorkflowStep, use: SourceUse): Promise<Pinned> {
  if (step.type === "wait") return { notebook: null, problems: [], warnings: [] };
  const { key } = step;
  try {
    const notebook = prepareAsked(platform, await readAskedNotebook(platform, askedOf(step)));
    const { problems, warnings } = checkStepParameters(platform, notebook.notebook, step);
    if (problems.length > 0) return { notebook: null, problems, warnings };
    await checkSecrets(platform, secretNames(encodeJson(step.parameters)), notebook.virtualPath);
    const definition = {
      files: stepFiles(step),
      settings: stepSettings(step),
      kernelName: stepKernel(step),
    };
    const sourceHash = await (use === "keep"
      ? notebook.makeSource(definition)
      : notebook.sourceHash(definition));
    const { virtualPath: path } = notebook;
    return { notebook: { path, sourceHash, head: headOf(notebook) }, problems: [], warnings };
  } catch (error) {
    return { notebook: null, problems: [problemOf(error, key, fieldOf(error, step))], warnings: [] };
  }
}

function fieldOf(error: unknown, { type }: RunStep): string {
  if (isCodedError(error) && /^(ENVIRONMENT|UV)_/.test(error.code)) return "environment";
  if (isCodedError(error) && error.code.startsWith("SECRET_")) return "parameters";
  if (isCodedError(error) && error.code === "SOURCE_FILE_MISSING") return "files";
  return type === "script" ? "source" : "path";
}

/** What a step runs, as a run would ask for it. */
function askedOf(step: RunStep): Parameters<typeof readAskedNotebook>[1] {
  if (step.type === "notebook") return { path: step.path };
  const { key, language, source } = step;
  return { script: { language, source, name: key } };
}

/** What is wrong with parameters, or may not be meant, whatever the expressions among them will give. */
function checkStepParameters(
  { maxParameterBytes }: Platform,
  notebook: Notebook,
  step: RunStep,
): Pick<Pinned, "problems" | "warnings"> {
  const { key, parameters } = step;
  const isOpen = (name: string): boolean => expressionIn(parameters[name] ?? null) !== undefined;
  const open = new Set(Object.keys(parameters).filter(isOpen));
  // Text can be written in every language, so that names are checked as well.
  const known = Object.entries(parameters).map(
    ([name, value]) => [name, open.has(name) ? "" : value] as const,
  );
  try {
    const text = encodeJson(Object.fromEntries(known));
    checkParameterSize(text, maxParameterBytes);
    const { errors, warnings } = findInParameters(notebook, text, { kernelName: stepKernel(step), open });
    const problems = errors.map(({ name, message }) => {
      return { code: "PARAMETERS_INVALID", step: key, field: `parameters.${name}`, message };
    });
    // A script that stands in the definition, beside its parameters, need not declare them.
    const isTold = ({ code }: ParameterWarning): boolean =>
      step.type === "notebook" || code !== "PARAMETERS_CELL_MISSING";
    return { problems, warnings: warnings.filter(isTold) };
  } catch (error) {
    return { problems: [problemOf(error, key, "parameters")], warnings: [] };
  }
}

/** A notebook without the cells that say nothing about its parameters. */
function headOf({ notebook }: PreparedNotebook): string {
  const cell = notebook.cells[findTaggedCell(notebook, "parameters")];
  const cells = cell === undefined ? [] : [cell.cell_type === "code" ? { ...cell, outputs: [] } : cell];
  return createNotebookEncoder()
    .encode({ ...notebook, cells })
    .join("");
}

/** An error about what a step is, as a problem of its definition. @throws What is not the definition's fault. */
function problemOf(error: unknown, step: string | null, field: string): DefinitionProblem {
  if (!isCodedError(error) || /^STOR(E|AGE)_(?!PATH)/.test(error.code)) throw error;
  return { code: error.code, step, field, message: error.message };
}

function workflowInvalid(problems: readonly DefinitionProblem[]): ServerError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new ServerError("WORKFLOW_INVALID", `${first === undefined ? "" : problemText(first)}${more}`, {
    details: { problems },
  });
}

function problemText({ step, field, message }: DefinitionProblem): string {
  const place =
    step === null ? "the workflow" : typeof step === "number" ? `step ${step + 1}` : `step "${step}"`;
  return `${place}${field === "" ? "" : `, ${field}`}: ${message}`;
}

/**
 * The parameters of a workflow-run: the workflow's own, some with other values.
 *
 * @throws {@link ServerError} `PARAMETERS_INVALID`, `PARAMETERS_TOO_LARGE`.
 */
export function workflowParameters(
  { parameters }: Workflow,
  given: string | undefined,
  { maxParameterBytes }: Pick<Platform, "maxParameterBytes">,
): string {
  const values: JsonValue = given === undefined ? {} : parseJson(given);
  if (!isJsonObject(values)) {
    throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
  }
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) {
    const known = Object.keys(parameters).join(", ") || "none";
    throw new ServerError(
      "PARAMETERS_INVALID",
      `the workflow has no parameter "${unknown}"; it has ${known}`,
      { details: { name: unknown } },
    );
  }
  const text = encodeJson({ ...parameters, ...values });
  checkParameterSize(text, maxParameterBytes);
  return text;
}
