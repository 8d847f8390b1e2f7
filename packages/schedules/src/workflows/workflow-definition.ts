import type { JsonValue } from "@notemill/json";
import { z } from "zod";
import { retryPolicySchema } from "../retries/retry-policy.ts";

/** The most steps that a workflow may have. */
export const MAX_STEPS = 300;

/** The most iterations that a foreach may have. */
export const MAX_ITERATIONS = 10_000;

const lengthMs = z
  .int()
  .min(1)
  .max(120 * 86_400_000);

/** An expression, in the Common Expression Language. */
const expression = z.string().min(1).max(10_000);

/** A name that an expression can say. */
const stepKey = z
  .string()
  .max(64)
  .regex(/^[A-Za-z_]\w*$/, "expected a letter or _, then letters, digits and _");

/** Values by name. One of the form `{"cel": "…"}` is an expression, any other stands for itself. */
const parameters = z
  .record(
    z.string().min(1).max(200),
    z.custom<JsonValue>((value) => value !== undefined),
  )
  .refine((it) => Object.keys(it).length <= 128, "expected at most 128 parameters")
  .default({});

const foreachSchema = z
  .strictObject({
    /** The items themselves; each a value, or `{"cel": "…"}`. */
    list: z
      .array(z.custom<JsonValue>((value) => value !== undefined))
      .min(1)
      .max(MAX_ITERATIONS)
      .optional(),
    /** Whole numbers, both ends included. */
    range: z
      .strictObject({ from: z.int(), to: z.int(), step: z.int().min(1).default(1) })
      .refine(({ from, to, step }) => (to - from) / step < MAX_ITERATIONS, {
        error: `expected at most ${MAX_ITERATIONS} numbers`,
      })
      .optional(),
    /** An expression that gives a list. */
    cel: expression.optional(),
    /** How many run at a time. */
    concurrency: z.int().min(1).max(500).default(1),
  })
  .refine(({ list, range, cel }) => [list, range, cel].filter((it) => it !== undefined).length === 1, {
    error: "expected one of list, range and cel",
  });

const stepBase = {
  key: stepKey,
  /** Keys of the steps that must be decided before. */
  depends_on: z.array(z.string()).max(MAX_STEPS).default([]),
  /** What the dependencies must have come to. */
  trigger_rule: z.enum(["all_succeeded", "all_done", "one_failed"]).default("all_succeeded"),
  /** The step is skipped when this is false. */
  condition: expression.optional(),
  foreach: foreachSchema.optional(),
  /** What a failure of this step means for the rest. */
  failure_mode: z.enum(["fail_after_running", "fail_immediately", "ignore"]).default("fail_after_running"),
  retry: retryPolicySchema.optional(),
  /** How long the step may take in all, from its start. */
  timeout_ms: lengthMs.optional(),
};

/** A label of a runner, as `gpu` or `region=eu`. */
const RUNNER_LABEL = /^[A-Za-z0-9][\w./:-]{0,62}(=[\w./:-]{1,63})?$/;

/** What the runs of a step are found by, and how soon they get their turn. */
const runFields = {
  parameters,
  environment: z.string().min(1).optional(),
  tags: z
    .array(
      z
        .string()
        .regex(
          /^[\p{L}\p{N}][\p{L}\p{N}_.:/=-]{0,99}$/u,
          "expected a letter or digit, then at most 99 of those and _.:/=-",
        ),
    )
    .max(50)
    .optional(),
  priority: z.int().min(-100).max(100).optional(),
  /** What a runner has to have. */
  labels: z
    .array(
      z.string().regex(RUNNER_LABEL, "expected a name such as gpu, or a name and a value such as region=eu"),
    )
    .max(20)
    .optional(),
};

/** What all steps have, whatever their type; fields of a type are let through. */
export const stepBaseSchema = z.object(stepBase);

/** A step. */
export const stepSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...stepBase,
    type: z.literal("notebook"),
    ...runFields,
    path: z.string().min(1),
    kernel_name: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\0]*$/, "expected no NUL")
      .optional(),
    /** Files that the notebook reads, relative to it; globs are allowed. */
    files: z.array(z.string().min(1)).max(1000).optional(),
  }),
  z.strictObject({
    ...stepBase,
    type: z.literal("script"),
    language: z.enum(["bash", "python", "r", "scala", "sql", "typescript"]),
    ...runFields,
    source: z.string().max(1_000_000),
  }),
  z
    .strictObject({
      ...stepBase,
      type: z.literal("wait"),
      duration_ms: lengthMs.optional(),
      /** An expression that gives an instant. */
      until: expression.optional(),
    })
    .refine(({ duration_ms, until }) => (duration_ms === undefined) !== (until === undefined), {
      error: "expected one of duration_ms and until",
    }),
]);

/**
 * A workflow as its file has it: steps, and what each waits for.
 *
 * What a schema cannot say (keys that clash, dependencies that are not there or
 * go round) is checked by `readWorkflow`.
 */
export const workflowSchema = z.strictObject({
  /** What `run.parameters` is, unless a start says otherwise. */
  parameters,
  steps: z.array(stepSchema).min(1).max(MAX_STEPS),
  /** How long a workflow-run may take in all. */
  timeout_ms: lengthMs.optional(),
});

/** See {@link workflowSchema}. */
export type Workflow = z.infer<typeof workflowSchema>;

/** One step of a {@link Workflow}. */
export type WorkflowStep = Workflow["steps"][number];
