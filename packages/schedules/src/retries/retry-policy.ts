import { z } from "zod";

/** Whose fault a failure is; each has its own limit of retries. */
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** The notebook's, the platform's, or time that ran out. */
export const ERROR_CLASSES = ["user", "platform", "timeout"] as const;

const wholeMs = z
  .int()
  .min(0)
  .max(30 * 86_400_000);

const backoffSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fixed"), delay_ms: wholeMs }),
  z.strictObject({
    kind: z.literal("exponential"),
    /** Before the first retry; each later one waits `factor` times as long, up to `max_ms`. */
    base_ms: wholeMs,
    factor: z.number().min(1).max(100).default(2),
    max_ms: wholeMs.default(3_600_000),
  }),
]);

const classPolicySchema = z.strictObject({
  /** How many times a failure of this class is tried again. */
  retries: z.int().min(0).max(99),
  backoff: backoffSchema.default({ kind: "exponential", base_ms: 60_000, factor: 2, max_ms: 3_600_000 }),
});

/**
 * How often what failed is tried again, by class of error, and how long after.
 *
 * By default a notebook's own failure is final, as is a timeout, and what the
 * platform lost is tried again twice, soon.
 */
export const retryPolicySchema = z.strictObject({
  user: classPolicySchema.default(() => classPolicySchema.parse({ retries: 0 })),
  platform: classPolicySchema.default(() =>
    classPolicySchema.parse({ retries: 2, backoff: { kind: "exponential", base_ms: 1000, max_ms: 60_000 } }),
  ),
  timeout: classPolicySchema.default(() => classPolicySchema.parse({ retries: 0 })),
  /** The most retries whatever their classes. */
  max_retries: z.int().min(0).max(99).default(99),
  /** Part of each delay that is spread by jitter, from 0 to 1. */
  jitter: z.number().min(0).max(1).default(0.1),
  /** Failures that are final whatever their class: codes of the platform, or names of exceptions. */
  never_retry: z.array(z.string().min(1).max(200)).max(100).default([]),
});

/** See {@link retryPolicySchema}. */
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

/** The wait before a retry, see {@link retryPolicySchema}. */
export type Backoff = z.infer<typeof backoffSchema>;
