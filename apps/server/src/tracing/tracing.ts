import { randomBytes } from "node:crypto";
import { attemptTrace, type Driver } from "@notemill/store";
import type { Metrics } from "../operations/metrics.ts";
import { readSettings } from "../runs/present-run.ts";
import { attemptSpanId, attemptSpans, TRACED_EVENTS } from "./attempt-spans.ts";
import { nanoseconds } from "./span.ts";
import { createSpanSender } from "./span-sender.ts";
import { formatTraceparent, parseTraceparent, traceOf } from "./trace-context.ts";
import type { TraceSettings } from "./trace-settings.ts";

/** Follows runs from submit to record. Disposing of it sends what waits. */
export interface Tracing extends AsyncDisposable {
  /**
   * Begins with a request for a run.
   *
   * @param traceparent - Its header.
   * @returns What is kept with the run: the span above its attempts. Null where there is none.
   */
  submit(traceparent: string | undefined): {
    readonly traceparent: string | null;
    /** The run is queued, or was before. */
    done(runId: string): void;
  };
  /** What the kernel of an attempt is told to be a part of; null for nothing. */
  traceparentOf(attempt: {
    readonly id: string;
    readonly runId: string;
    readonly settings: string;
  }): string | null;
  /** The record of an attempt is written. */
  recorded(attemptId: string): Promise<void>;
}

/** Where traces are off, what others have begun is passed on, and nothing else done. */
export const NO_TRACING: Tracing = {
  submit: (given) => ({
    traceparent: parseTraceparent(given) === null ? null : (given ?? null),
    done: () => undefined,
  }),
  traceparentOf: (attempt) => readSettings(attempt).traceparent ?? null,
  recorded: () => Promise.resolve(),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/** Follows runs, and sends what was seen to a collector. */
export function createTracing(
  settings: TraceSettings,
  parts: {
    readonly driver: Driver;
    readonly now: () => Date;
    readonly instance: string;
    readonly metrics: Metrics;
    readonly report: (what: string, error: unknown) => void;
  },
): Tracing {
  const { driver, now, instance, metrics, report } = parts;
  let isFailing = false;
  const sender = createSpanSender(
    settings,
    { serviceName: settings.serviceName, instance },
    (outcome, count, error) => {
      metrics.spans(outcome, count);
      // Once for as long as it lasts.
      if (outcome === "dropped" && !isFailing)
        report(`spans are dropped: ${settings.url} does not take them`, error);
      isFailing = outcome === "dropped";
    },
  );
  return {
    submit(given) {
      const context = parseTraceparent(given);
      const isSampled = context?.isSampled ?? true;
      const traceId = context?.traceId ?? randomBytes(16).toString("hex");
      const spanId = randomBytes(8).toString("hex");
      const startNs = nanoseconds(now());
      return {
        traceparent: formatTraceparent({ traceId, spanId, isSampled }),
        done(runId) {
          if (!isSampled) return;
          const attributes = { "notemill.run_id": runId };
          const times = { startNs, endNs: nanoseconds(now()) };
          const parentSpanId = context?.spanId ?? null;
          sender.push([{ traceId, spanId, parentSpanId, name: "submit", ...times, attributes, error: null }]);
        },
      };
    },
    traceparentOf({ id, runId, settings: text }) {
      const { traceId, isSampled } = traceOf(runId, readSettings({ settings: text }).traceparent);
      return formatTraceparent({ traceId, spanId: attemptSpanId(id), isSampled });
    },
    async recorded(attemptId) {
      const recordedAt = now();
      try {
        const found = await attemptTrace(driver, attemptId, TRACED_EVENTS);
        if (found === null) return;
        const { traceparent } = readSettings(found.run);
        sender.push(attemptSpans(found, { traceparent, recordedAt }));
      } catch (error) {
        report("the trace of an attempt could not be made", error);
      }
    },
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}
