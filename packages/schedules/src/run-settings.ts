import type { RetryPolicy } from "./retries/retry-policy.ts";

/** How a run is carried out, as far as that is decided when it is asked for. */
export interface RunSettings {
  readonly timeouts: {
    /** How long an attempt may wait for a runner; null for ever. */
    readonly queue_ms: number | null;
    /** How long its kernel may take to answer. */
    readonly start_ms: number;
    /** How long one cell may take; null for no limit. */
    readonly cell_ms: number | null;
    /** How long the whole attempt may take, from the start of its kernel; null for no limit. */
    readonly run_ms: number | null;
  };
  readonly retry: RetryPolicy;
  /** How long the kernel of an attempt that did not succeed is kept; 0 for not at all. */
  readonly keep_kernel_ms: number;
  /** The most memory that the kernel and all it starts may take together, in bytes; null for no limit. */
  readonly memory_bytes?: number | null | undefined;
  /** How many processors' time they may take together, as 0.5; null for no limit. */
  readonly cpus?: number | null | undefined;
  /** What a runner has to have to be given the run; none by default. */
  readonly labels?: string[] | undefined;
  /** The span that its attempts are below of, as a W3C `traceparent`; null for none. */
  readonly traceparent?: string | null | undefined;
  /** The environment that was asked for; what becomes of it is in the source. */
  readonly environment?: string | null | undefined;
}
