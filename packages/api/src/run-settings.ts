import { z } from "zod";

const DAY_MS = 86_400_000;
const durationMs = z
  .int()
  .min(1)
  .max(366 * DAY_MS);

/** How long the parts of a run may take. */
const timeoutsSchema = z.strictObject({
  queue_ms: durationMs
    .nullable()
    .meta({ description: "How long an attempt may wait for a runner. Default null: for ever." }),
  start_ms: durationMs.meta({ description: "How long the kernel may take to answer. Default a minute." }),
  cell_ms: durationMs.nullable().meta({ description: "How long one cell may take. Default null: no limit." }),
  run_ms: durationMs
    .nullable()
    .meta({ description: "How long a whole attempt may take, from the start of its kernel. Default null." }),
});

const waitMs = z
  .int()
  .min(0)
  .max(30 * DAY_MS);
const factor = z
  .number()
  .min(1)
  .max(100)
  .meta({ description: "Each later wait is so many times as long. Default 2." });
const longestMs = waitMs.meta({ description: "The longest wait. Default an hour." });
const fixedSchema = z.strictObject({ kind: z.literal("fixed"), delay_ms: waitMs });
const exponentialSchema = z.strictObject({
  kind: z.literal("exponential"),
  base_ms: waitMs.meta({ description: "The wait before the first retry." }),
  factor,
  max_ms: longestMs,
});
const backoffSchema = z.discriminatedUnion("kind", [fixedSchema, exponentialSchema]);
const askedBackoffSchema = z.discriminatedUnion("kind", [
  fixedSchema,
  exponentialSchema.extend({ factor: factor.optional(), max_ms: longestMs.optional() }),
]);

const retries = z
  .int()
  .min(0)
  .max(99)
  .meta({ description: "How often a failure of this class is tried again." });
const classPolicySchema = z.strictObject({ retries, backoff: backoffSchema });
const askedClassPolicySchema = z.strictObject({ retries, backoff: askedBackoffSchema.optional() });

const maxRetries = z.int().min(0).max(99).meta({ description: "The most retries, whatever their classes." });
const jitter = z.number().min(0).max(1).meta({
  description: "The part of each wait that is spread, so that runs do not begin together. Default 0.1.",
});
const neverRetry = z
  .array(z.string().min(1).max(200))
  .max(100)
  .meta({ description: "Codes, or names of exceptions, that are final whatever their class." });

const retrySchema = z
  .strictObject({
    user: classPolicySchema,
    platform: classPolicySchema,
    timeout: classPolicySchema,
    max_retries: maxRetries,
    jitter,
    never_retry: neverRetry,
  })
  .meta({ id: "RetryPolicy" });

const keepKernelMs = z
  .int()
  .min(0)
  .max(7 * DAY_MS);

/** The least is what an empty kernel takes. */
const memoryBytes = z
  .int()
  .min(64 * 2 ** 20)
  .max(2 ** 50);

const cpuCount = z.number().min(0.01).max(4096);

/** A label of a runner. */
export const runnerLabelSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w./:-]{0,62}(=[\w./:-]{1,63})?$/)
  .meta({ description: "As `gpu` or `region=eu`." });

const labels = z.array(runnerLabelSchema).max(20);

/** Name of a kernelspec. The database takes no NUL in a text. */
export const kernelNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/);

const environmentName = z.string().min(1).max(63);

/** How a run is carried out: its timeouts, its retries, and how long its kernel is kept when it fails. */
export const runSettingsSchema = z.object({
  memory_bytes: memoryBytes.nullish().meta({
    description: "The most memory that the kernel and all it starts may take together.",
  }),
  cpus: cpuCount.nullish().meta({
    description: "How many processors' time the kernel and all it starts may take together, as 0.5.",
  }),
  labels: labels
    .optional()
    .meta({ description: "Labels that a runner has to have, all of them; left out where there are none." }),
  traceparent: z.string().nullish().meta({
    description: "The span that the run was asked for in, as W3C Trace Context has it.",
  }),
  timeouts: timeoutsSchema.meta({ id: "Timeouts" }),
  retry: retrySchema,
  keep_kernel_ms: keepKernelMs.meta({ description: "How long the kernel is kept when the run fails." }),
  environment: environmentName.nullish().meta({
    description: "The environment that was asked for; its lock is in the source of the run.",
  }),
});

/** See {@link runSettingsSchema}. */
export type RunSettings = z.infer<typeof runSettingsSchema>;

/** The settings that somebody asks for; what is left out has its default. */
export const askedSettingsSchema = z.strictObject({
  memory_bytes: memoryBytes.nullable().optional().meta({
    description:
      "The most memory that the kernel and all it starts may take together; what takes more is killed, and the run fails with `MEMORY_EXCEEDED`. Default null: no limit.",
  }),
  cpus: cpuCount.nullable().optional().meta({
    description:
      "How many processors' time the kernel and all it starts may take together, as 0.5. It is kept by a control group where the runner may make one; elsewhere nothing keeps it, and the record says so. Default null: no limit.",
  }),
  labels: labels.optional().meta({
    description: "Labels that a runner has to have, all of them. Default none: any runner may have the run.",
  }),
  timeouts: timeoutsSchema.partial().optional(),
  retry: z
    .strictObject({
      user: askedClassPolicySchema
        .optional()
        .meta({ description: "Failing cells and checks. Default 0 retries." }),
      platform: askedClassPolicySchema
        .optional()
        .meta({ description: "Lost runners, dead kernels and the like. Default 2 retries, soon." }),
      timeout: askedClassPolicySchema
        .optional()
        .meta({ description: "Timeouts, but of the queue. Default 0." }),
      max_retries: maxRetries.optional(),
      jitter: jitter.optional(),
      never_retry: neverRetry.optional(),
    })
    .optional(),
  environment: environmentName.nullable().optional().meta({
    description:
      "Name of an environment of Python packages; `auto` for what the notebook declares, `none` for that of the kernelspec. Default null: what `metadata.notemill.environment` of the notebook says, else `none`.",
  }),
  keep_kernel_ms: keepKernelMs.optional().meta({
    description:
      "Keep the kernel of an attempt that fails for so long, to look into it. Default 0: not at all.",
  }),
});

/** See {@link askedSettingsSchema}. */
export type AskedSettings = z.infer<typeof askedSettingsSchema>;

const LATER = { kind: "exponential", base_ms: 60_000, factor: 2, max_ms: 3_600_000 } as const;
const SOON = { kind: "exponential", base_ms: 1000, factor: 2, max_ms: 60_000 } as const;

/** What holds for a run that asks for nothing. */
export const DEFAULT_SETTINGS: RunSettings = {
  timeouts: { queue_ms: null, start_ms: 60_000, cell_ms: null, run_ms: null },
  retry: {
    user: { retries: 0, backoff: LATER },
    platform: { retries: 2, backoff: SOON },
    timeout: { retries: 0, backoff: LATER },
    max_retries: 99,
    jitter: 0.1,
    never_retry: [],
  },
  keep_kernel_ms: 0,
  memory_bytes: null,
  cpus: null,
  environment: null,
};

/** Fills in what was not asked for; `before` is what holds where nothing is said. */
export function completeSettings(asked: AskedSettings, before: RunSettings = DEFAULT_SETTINGS): RunSettings {
  const { timeouts = {}, retry = {}, keep_kernel_ms = before.keep_kernel_ms } = asked;
  const wanted = asked.labels ?? before.labels ?? [];
  const classPolicy = (name: "user" | "platform" | "timeout"): RunSettings["retry"]["user"] => ({
    retries: retry[name]?.retries ?? before.retry[name].retries,
    backoff: completeBackoff(retry[name]?.backoff, before.retry[name].backoff),
  });
  return {
    timeouts: defined({ ...before.timeouts, ...timeouts }, before.timeouts),
    retry: {
      user: classPolicy("user"),
      platform: classPolicy("platform"),
      timeout: classPolicy("timeout"),
      max_retries: retry.max_retries ?? before.retry.max_retries,
      jitter: retry.jitter ?? before.retry.jitter,
      never_retry: retry.never_retry ?? before.retry.never_retry,
    },
    keep_kernel_ms,
    memory_bytes: asked.memory_bytes === undefined ? (before.memory_bytes ?? null) : asked.memory_bytes,
    cpus: asked.cpus === undefined ? (before.cpus ?? null) : asked.cpus,
    environment: asked.environment === undefined ? (before.environment ?? null) : asked.environment,
    ...(wanted.length === 0 ? {} : { labels: [...new Set(wanted)].sort() }),
  };
}

function completeBackoff(
  asked: z.infer<typeof askedBackoffSchema> | undefined,
  before: z.infer<typeof backoffSchema>,
): z.infer<typeof backoffSchema> {
  if (asked === undefined) return before;
  if (asked.kind === "fixed") return asked;
  return { ...asked, factor: asked.factor ?? LATER.factor, max_ms: asked.max_ms ?? LATER.max_ms };
}

/** What was given as `undefined` was not given; null is a value. */
function defined<T extends object>(given: { [Key in keyof T]: T[Key] | undefined }, otherwise: T): T {
  const names = Object.keys(otherwise) as (keyof T)[];
  return Object.fromEntries(
    names.map((name) => [name, given[name] === undefined ? otherwise[name] : given[name]]),
  ) as T;
}
