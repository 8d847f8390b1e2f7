import { z } from "zod";
import { askedRulesSchema } from "./delivery.ts";
import { idEndSchema } from "./id-end.ts";
import { parameterWarningSchema } from "./parameter-warning.ts";
import { rawJson } from "./raw-json-value.ts";

const time = z.string().meta({ format: "date-time" });

/** An instant that a client gives. */
const instant = z.iso.datetime({ offset: true }).meta({ description: "As `2026-03-29T06:00:00Z`." });

/** A number of the database. */
const versionNumber = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

const definitionSchema = rawJson({
  type: "object",
  description: "Steps, and what each waits for: the workflow's file as JSON.",
});

const parametersSchema = rawJson({ type: "object", description: "Values by name." });

/** A workflow. */
export const workflowSchema = z
  .object({
    id: z.uuid(),
    owner: z.string(),
    name: z.string(),
    active_version: z.int().meta({ description: "The version that a start takes." }),
    newest_version: z.int(),
    created_at: time,
    updated_at: time,
    deleted_at: time.nullable(),
  })
  .meta({ id: "Workflow" });

/** See {@link workflowSchema}. */
export type Workflow = z.infer<typeof workflowSchema>;

/** A version of a workflow; it never changes. */
export const workflowVersionSchema = z
  .object({
    workflow_id: z.uuid(),
    version: z.int(),
    definition: definitionSchema,
    sha256: z.string().meta({ description: "Hash of the definition with what its steps run." }),
    created_by: z.string(),
    created_at: time,
    steps: z
      .array(z.object({ key: z.string(), path: z.string(), source_hash: z.string() }))
      .meta({ description: "The sources that were fixed when the version was made." }),
  })
  .meta({ id: "WorkflowVersion" });

/** See {@link workflowVersionSchema}. */
export type WorkflowVersion = z.infer<typeof workflowVersionSchema>;

/** A workflow with its active version. */
export const workflowDetailSchema = workflowSchema
  .extend({ version: workflowVersionSchema })
  .meta({ id: "WorkflowDetail" });

/** See {@link workflowDetailSchema}. */
export type WorkflowDetail = z.infer<typeof workflowDetailSchema>;

/** One page of versions, newest first. */
export const workflowVersionPageSchema = z
  .object({ versions: z.array(workflowVersionSchema), next: z.int().nullable() })
  .meta({ id: "WorkflowVersionPage" });

/** See {@link workflowVersionPageSchema}. */
export type WorkflowVersionPage = z.infer<typeof workflowVersionPageSchema>;

/** A definition that is to be the active version of the workflow of its name. */
export const applyWorkflowSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    definition: definitionSchema,
    dry_run: z
      .boolean()
      .default(false)
      .meta({ description: "Only check it, and say what would change. Default false." }),
  })
  .meta({ id: "ApplyWorkflow" });

/** See {@link applyWorkflowSchema}. */
export type ApplyWorkflow = z.input<typeof applyWorkflowSchema>;

/** What a definition changes. */
export const appliedWorkflowSchema = z
  .object({
    outcome: z
      .enum(["created", "changed", "unchanged"])
      .meta({ description: "Of a dry run: what would be." }),
    workflow: workflowSchema.nullable().meta({ description: "Null for a dry run of one that is not there." }),
    version: z.int().meta({ description: "The version that is active now, or would be." }),
    changes: z
      .array(
        z.object({
          step: z.string().nullable().meta({ description: "Null for the workflow itself." }),
          field: z.string().meta({ description: "Empty for a step as a whole." }),
          before: z.string().nullable().meta({ description: "JSON; null where it was not there." }),
          after: z.string().nullable(),
        }),
      )
      .meta({ description: "Against the version that was active before." }),
    warnings: z
      .array(parameterWarningSchema.extend({ step: z.string() }).meta({ id: "StepWarning" }))
      .default([])
      .meta({
        description:
          "What was taken and may not be meant, as a parameter that the notebook of a step does not declare.",
      }),
  })
  .meta({ id: "AppliedWorkflow" });

/** See {@link appliedWorkflowSchema}. */
export type AppliedWorkflow = z.infer<typeof appliedWorkflowSchema>;

/** Which version is to be active. */
export const activateWorkflowSchema = z
  .strictObject({ version: versionNumber })
  .meta({ id: "ActivateWorkflow" });

/** See {@link activateWorkflowSchema}. */
export type ActivateWorkflow = z.infer<typeof activateWorkflowSchema>;

const before = z.uuid().optional().meta({ description: "`next` of the page before." });
const limit = z.coerce.number().int().min(1).max(200).default(50);
const versionQuery = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** What a list of workflows can be asked. */
export const listWorkflowsSchema = z.object({
  name: z.string().optional().meta({ description: "Only the one of this name." }),
  before,
  limit,
});

/** What a list of versions can be asked. */
export const listWorkflowVersionsSchema = z.object({
  before: versionQuery.optional().meta({ description: "`next` of the page before." }),
  limit,
});

/** Which version is exported. */
export const exportWorkflowSchema = z.object({
  version: versionQuery.optional().meta({ description: "Default: the active one." }),
});

const workflowRunStatusSchema = z.enum([
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
  "timed_out",
]);

/** What a workflow-run is started with; everything may be left out. */
export const startWorkflowSchema = z
  .strictObject({
    parameters: parametersSchema
      .optional()
      .meta({ description: "Values in place of the workflow's own; only names that it has." }),
    slot: instant.optional().meta({ description: "What `trigger.slot` is. Default: null." }),
    body: rawJson({ description: "What `trigger.body` is. Default: null." }).optional(),
    version: versionNumber.optional().meta({ description: "Default: the active one." }),
    reason: z.string().max(1000).optional().meta({ description: "Why, for those who wonder." }),
    deliveries: askedRulesSchema.optional().meta({
      description: "Who is told what of the workflow-run; without scraps and pages, which runs have.",
    }),
  })
  .meta({ id: "StartWorkflow" });

/** See {@link startWorkflowSchema}. */
export type StartWorkflow = z.input<typeof startWorkflowSchema>;

/** A workflow-run. */
export const workflowRunSchema = z
  .object({
    id: z.uuid(),
    workflow_id: z.uuid(),
    version: z.int(),
    owner: z.string(),
    status: workflowRunStatusSchema,
    sequence: z.int().meta({ description: "Which time it runs, from 1; a restart counts on." }),
    parameters: parametersSchema,
    slot: time.nullable().meta({ description: "The slot that started it." }),
    schedule_id: z.uuid().nullable().meta({ description: "The schedule that started it." }),
    started_by: z.string(),
    reason: z.string().nullable(),
    paused: z
      .object({ at: time, by: z.string(), reason: z.string().nullable() })
      .nullable()
      .meta({ description: "Null for one that is not paused." }),
    cancel_requested_at: time.nullable(),
    cancel_requested_by: z.string().nullable(),
    created_at: time,
    started_at: time.nullable(),
    finished_at: time.nullable(),
  })
  .meta({ id: "WorkflowRun" });

/** See {@link workflowRunSchema}. */
export type WorkflowRun = z.infer<typeof workflowRunSchema>;

/** A workflow as lists have it. */
export const listedWorkflowSchema = workflowSchema
  .extend({
    last_run: workflowRunSchema.nullable().meta({ description: "The newest; null where there is none yet." }),
  })
  .meta({ id: "ListedWorkflow" });

/** See {@link listedWorkflowSchema}. */
export type ListedWorkflow = z.infer<typeof listedWorkflowSchema>;

/** One page of workflows, newest first. */
export const workflowPageSchema = z
  .object({ workflows: z.array(listedWorkflowSchema), next: z.uuid().nullable() })
  .meta({ id: "WorkflowPage" });

/** See {@link workflowPageSchema}. */
export type WorkflowPage = z.infer<typeof workflowPageSchema>;

const problemSchema = z
  .object({ code: z.string(), message: z.string(), field: z.string() })
  .meta({ id: "StepProblem", description: "Why something could not be started." });

const taskStatusSchema = z.enum(["waiting", "ready", "running", "succeeded", "failed", "cancelled"]);

/** A step of a workflow-run. */
export const workflowStepSchema = z
  .object({
    key: z.string(),
    type: z.string(),
    status: z.enum([
      "waiting",
      "preparing",
      "ready",
      "running",
      "succeeded",
      "failed",
      "skipped",
      "cancelled",
    ]),
    reason: z.string().nullable().meta({ description: "Why it was skipped, failed or was cancelled." }),
    problem: problemSchema.nullable(),
    run_id: z.uuid().nullable().meta({ description: "Its run; null for a wait, and for a foreach." }),
    tasks: z.int().meta({ description: "How many tasks it has: one, or as many as items." }),
    tasks_by_status: z.partialRecord(taskStatusSchema, z.int()),
    started_at: time.nullable(),
    finished_at: time.nullable(),
  })
  .meta({ id: "WorkflowStep" });

/** See {@link workflowStepSchema}. */
export type WorkflowStep = z.infer<typeof workflowStepSchema>;

/** A workflow-run with its steps, in the order of the definition. */
export const workflowRunDetailSchema = workflowRunSchema
  .extend({ workflow_name: z.string(), steps: z.array(workflowStepSchema) })
  .meta({ id: "WorkflowRunDetail" });

/** See {@link workflowRunDetailSchema}. */
export type WorkflowRunDetail = z.infer<typeof workflowRunDetailSchema>;

/** One page of workflow-runs, newest first. */
export const workflowRunPageSchema = z
  .object({ workflow_runs: z.array(workflowRunSchema), next: z.uuid().nullable() })
  .meta({ id: "WorkflowRunPage" });

/** See {@link workflowRunPageSchema}. */
export type WorkflowRunPage = z.infer<typeof workflowRunPageSchema>;

/** What a list of workflow-runs can be asked. */
export const listWorkflowRunsSchema = z.object({
  workflow: z.uuid().optional().meta({ description: "Only those of this workflow." }),
  status: workflowRunStatusSchema.optional(),
  id_end: idEndSchema.optional(),
  before,
  limit,
});

/** A task of a step: one run, or one wait. */
export const workflowTaskSchema = z
  .object({
    step: z.string(),
    task: z.int().meta({ description: "From 0." }),
    status: taskStatusSchema,
    sequence: z.int().meta({ description: "The sequence that started it." }),
    run_id: z.uuid().nullable(),
    run_status: z.string().nullable(),
    wait_until: time.nullable(),
    problem: problemSchema.nullable(),
  })
  .meta({ id: "WorkflowTask" });

/** See {@link workflowTaskSchema}. */
export type WorkflowTask = z.infer<typeof workflowTaskSchema>;

/** One page of tasks, by step and number. */
export const workflowTaskPageSchema = z
  .object({
    tasks: z.array(workflowTaskSchema),
    next: z.string().nullable().meta({ description: "`after` of the next page." }),
  })
  .meta({ id: "WorkflowTaskPage" });

/** See {@link workflowTaskPageSchema}. */
export type WorkflowTaskPage = z.infer<typeof workflowTaskPageSchema>;

/** What a list of tasks can be asked. */
export const listWorkflowTasksSchema = z.object({
  step: z.string().optional().meta({ description: "Only those of this step." }),
  after: z
    .string()
    .regex(/^\w{1,64}:\d{1,5}$/)
    .optional()
    .meta({ description: "`next` of the page before." }),
  limit,
});

/** Why something is asked for. */
export const workflowRunChangeSchema = z
  .strictObject({
    reason: z.string().max(1000).optional().meta({ description: "Why, for those who wonder." }),
  })
  .meta({ id: "WorkflowRunChange" });

/** See {@link workflowRunChangeSchema}. */
export type WorkflowRunChange = z.infer<typeof workflowRunChangeSchema>;

/** What of a workflow-run is done again. */
export const restartWorkflowRunSchema = z
  .strictObject({
    from: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("beginning") }),
      z.strictObject({ kind: z.literal("unsuccessful") }),
      z.strictObject({ kind: z.literal("step"), step: z.string().min(1).max(64) }),
    ]),
    reason: z.string().max(1000).optional(),
  })
  .meta({ id: "RestartWorkflowRun" });

/** See {@link restartWorkflowRunSchema}. */
export type RestartWorkflowRun = z.infer<typeof restartWorkflowRunSchema>;

/** Something that happened in a workflow-run: the data of one server-sent event. */
export const workflowRunEventSchema = z
  .object({
    seq: z.int().positive().meta({ description: "From 1, without gaps; also the event's id." }),
    sequence: z.int().positive(),
    at: time,
    kind: z.string().meta({ description: "`workflow-run-status-changed`, `step-status-changed`, …" }),
    data: rawJson({ description: "What the kind says." }),
  })
  .meta({ id: "WorkflowRunEvent" });

/** See {@link workflowRunEventSchema}. */
export type WorkflowRunEvent = z.infer<typeof workflowRunEventSchema>;
