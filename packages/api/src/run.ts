import { z } from "zod";
import { idEndSchema } from "./id-end.ts";
import { attemptEnvironmentSchema } from "./attempt-environment.ts";
import { askedRulesSchema } from "./delivery.ts";
import { warningsField } from "./parameter-warning.ts";
import { rawJson } from "./raw-json-value.ts";
import { resourcesSchema } from "./resources.ts";
import { scriptSchema } from "./script.ts";
import { askedSettingsSchema, kernelNameSchema, runSettingsSchema } from "./run-settings.ts";

/** What a tag may be: letters, digits and `_ . : / = -`, with a letter or digit in front. */
const TAG = /^[\p{L}\p{N}][\p{L}\p{N}_.:/=-]{0,99}$/u;

/** Statuses of a run and of an attempt. */
export const runStatusSchema = z
  .enum(["queued", "starting", "running", "succeeded", "failed", "cancelled", "timed_out", "lost"])
  .meta({ id: "RunStatus", description: "The last five are final." });

/** Statuses in which an attempt can end. */
export const finalStatusSchema = z
  .enum(["succeeded", "failed", "cancelled", "timed_out", "lost"])
  .meta({ id: "FinalStatus" });

/** Why an attempt did not succeed. */
export const failureSchema = z
  .object({
    code: z.string().meta({ description: "A stable code, such as `CELL_FAILED`." }),
    message: z.string(),
    cell_id: z.string().nullable().meta({ description: "The cell that ran at the time." }),
    cell_index: z.int().nullable(),
    ename: z.string().nullable().meta({ description: "Name of the exception in the kernel." }),
    evalue: z.string().nullable(),
    traceback: z.array(z.string()),
  })
  .meta({ id: "Failure" });

/** See {@link failureSchema}. */
export type Failure = z.infer<typeof failureSchema>;

/** Whose fault an ending is. */
const exitClassSchema = z.enum(["user", "platform", "timeout"]).meta({ id: "ExitClass" });

/** Words that runs are found by. */
export const tagsSchema = z.array(z.string().regex(TAG)).max(50);

/** How soon a run gets its turn among those that wait. */
export const prioritySchema = z
  .int()
  .min(-100)
  .max(100)
  .meta({ description: "Runs of a higher priority are given to runners first. Default 0." });

const time = z.string().meta({ format: "date-time" });

/** One try at a run. */
export const attemptSchema = z
  .object({
    id: z.uuid(),
    number: z.int().positive(),
    status: runStatusSchema,
    exit_class: exitClassSchema
      .nullable()
      .meta({ description: "Whose fault it is that it did not succeed." }),
    runner_id: z.uuid().nullable(),
    environment: attemptEnvironmentSchema.nullish(),
    resources: resourcesSchema.nullable().meta({ description: "What its kernel took." }),
    kernel_until: time.nullable().meta({ description: "Until when its kernel is kept." }),
    failure: failureSchema.nullable(),
    created_at: time,
    claimed_at: time.nullable(),
    started_at: time.nullable(),
    finished_at: time.nullable(),
  })
  .meta({ id: "Attempt" });

/** See {@link attemptSchema}. */
export type Attempt = z.infer<typeof attemptSchema>;

/** A run. */
export const runSchema = z
  .object({
    ...runSettingsSchema.shape,
    id: z.uuid(),
    status: runStatusSchema,
    owner: z.string(),
    path: z.string().meta({ description: "Virtual path of the notebook." }),
    source_hash: z.string().meta({ description: "Hash of the bundle that the run reads." }),
    kernel_name: z.string().nullable().meta({ description: "The kernel that was asked for." }),
    parameters: rawJson({ type: "object", description: "Values by name, as they were given." }),
    priority: prioritySchema,
    tags: tagsSchema,
    rerun_of: z.uuid().nullable().meta({ description: "The earlier run that this one repeats." }),
    workflow_run_id: z.uuid().nullable().meta({ description: "The workflow-run that it is a task of." }),
    resumes: z.uuid().nullable().meta({ description: "The attempt in whose kernel this run goes on." }),
    is_sweep: z.boolean().meta({ description: "It is the parent of a sweep: its runs are children." }),
    sweep_id: z.uuid().nullable().meta({ description: "The sweep that this run is a child of." }),
    started_by_run: z.uuid().nullable().meta({ description: "The run whose notebook started this one." }),
    attempt: z.int().positive().meta({ description: "Number of the newest attempt." }),
    not_before: time
      .nullable()
      .meta({ description: "A run that waits for its next attempt begins no earlier." }),
    failure: failureSchema.nullable(),
    cancel_requested_at: time.nullable(),
    created_at: time,
    started_at: time.nullable(),
    finished_at: time.nullable(),
  })
  .meta({ id: "Run" });

/** See {@link runSchema}. */
export type Run = z.infer<typeof runSchema>;

/** A run that was just asked for. */
export const startedRunSchema = runSchema.extend(warningsField).meta({ id: "StartedRun" });

/** See {@link startedRunSchema}. */
export type StartedRun = z.infer<typeof startedRunSchema>;

/** A run with its attempts. */
export const runDetailSchema = runSchema
  .extend({
    attempts: z.array(attemptSchema),
    waiting: z
      .object({
        able_runners: z
          .int()
          .meta({ description: "Runners that were heard of lately and have the labels that it needs." }),
        message: z.string(),
      })
      .nullable()
      .meta({ description: "What a run in the queue waits for; null for any other." }),
    metrics: rawJson({
      type: "object",
      description: "The numbers that the notebook of the newest attempt recorded, by name.",
    }),
    schedule: z
      .object({
        id: z.uuid(),
        name: z.string(),
        slot: time.meta({ description: "The slot that it stands for." }),
        follows: z.enum(["workspace", "promoted"]),
      })
      .nullable()
      .meta({
        description: "Where it comes from; of a run that repeats another one, where that comes from.",
      }),
    warnings: z
      .array(z.object({ code: z.string(), message: z.string() }))
      .default([])
      .meta({
        description:
          "What its newest attempt has warned of, as a parameter that the notebook does not declare. At most 100.",
      }),
    repeated_by: z
      .object({ id: z.uuid(), status: runStatusSchema })
      .nullable()
      .meta({ description: "The newest run that repeats it, or goes on from it; null for none." }),
  })
  .meta({ id: "RunDetail" });

/** See {@link runDetailSchema}. */
export type RunDetail = z.infer<typeof runDetailSchema>;

const count = z.int().min(0);

/** A run as a list has it. */
export const listedRunSchema = runSchema
  .extend({
    children: z
      .object({
        total: count.meta({ description: "How many runs the sweep has, those among them that are to come." }),
        counts: z
          .object({
            succeeded: count,
            failed: count,
            timed_out: count,
            lost: count,
            cancelled: count,
          })
          .meta({ description: "How many of them have ended in which status." }),
      })
      .nullable()
      .meta({ description: "What has become of the runs of a sweep; null for any other run." }),
  })
  .meta({ id: "ListedRun" });

/** See {@link listedRunSchema}. */
export type ListedRun = z.infer<typeof listedRunSchema>;

/** One page of runs, newest first. */
export const runPageSchema = z
  .object({
    runs: z.array(listedRunSchema),
    next: z.uuid().nullable().meta({ description: "`before` of the next page; null on the last one." }),
  })
  .meta({ id: "RunPage" });

/** See {@link runPageSchema}. */
export type RunPage = z.infer<typeof runPageSchema>;

/** What a list of runs can be asked. */
export const listRunsSchema = z.object({
  status: runStatusSchema.optional(),
  tag: z.string().regex(TAG).optional(),
  path: z
    .string()
    .regex(/^[^\0]+$/)
    .optional()
    .meta({ description: "Only runs of this notebook." }),
  owner: z
    .string()
    .regex(/^[^\0]+$/)
    .optional(),
  sweep: z.uuid().optional().meta({ description: "Only the runs of this sweep." }),
  id_end: idEndSchema.optional(),
  children: z.enum(["true", "false"]).default("true").meta({
    description:
      "`false` leaves out the runs of sweeps, so that each sweep is one; with a `status` of `failed`, `timed_out` or `lost` it has the sweeps too of which a run has ended so. Says nothing beside `sweep`.",
  }),
  since: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: "Only runs that were asked for at this time or later." }),
  before: z.uuid().optional().meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What starts a run. */
export const submitRunSchema = z
  .strictObject({
    path: z.string().min(1).optional().meta({
      description: "Virtual path of the notebook, or of a script: `~/a.ipynb`, `/shared/a.sql`.",
    }),
    script: scriptSchema.optional().meta({ description: "A script in place of a path." }),
    parameters: rawJson({ type: "object", description: "Values by name. Default none." }).optional(),
    strict: z.boolean().optional().meta({
      description: "Refuse parameters whose names the notebook does not declare; else they are warned of.",
    }),
    kernel_name: kernelNameSchema.optional().meta({ description: "Kernel in place of the notebook's." }),
    files: z
      .array(z.string().min(1))
      .max(1000)
      .optional()
      .meta({ description: "Files that the notebook reads, relative to it; globs are allowed." }),
    priority: prioritySchema.optional(),
    tags: tagsSchema.optional().meta({ description: "Words to find the run by." }),
    deliveries: askedRulesSchema.optional().meta({ description: "Who is told what of the run." }),
    ...askedSettingsSchema.shape,
  })
  .meta({ id: "SubmitRun" });

/** See {@link submitRunSchema}. */
export type SubmitRun = Omit<z.infer<typeof submitRunSchema>, "deliveries"> & {
  deliveries?: z.input<typeof askedRulesSchema> | undefined;
};

/** What starts a run of the same source as an earlier one; what is left out is as it was then. */
export const rerunRunSchema = submitRunSchema
  .omit({ path: true, script: true, files: true, parameters: true, environment: true, strict: true })
  .extend({
    parameters: rawJson({
      type: "object",
      description: "Values that differ from those of the earlier run, by name.",
    }).optional(),
    cells: z.record(z.string(), z.string()).optional().meta({
      description: "Sources by cell id, in place of those that the notebook of the earlier run has.",
    }),
  })
  .meta({ id: "RerunRun" });

/** See {@link rerunRunSchema}. */
export type RerunRun = z.infer<typeof rerunRunSchema>;

/** Something that happened in a run: the data of one server-sent event. */
export const runEventSchema = z
  .object({
    seq: z.int().positive().meta({ description: "From 1, without gaps within a run; also the event's id." }),
    attempt: z.int().positive(),
    at: time,
    kind: z.string().meta({ description: "`run-status-changed`, `cell-started`, `cell-output`, …" }),
    data: rawJson({ description: "What the kind says." }),
  })
  .meta({ id: "RunEvent" });

/** See {@link runEventSchema}. */
export type RunEvent = z.infer<typeof runEventSchema>;
