import { createHash } from "node:crypto";

/** Where a span belongs: W3C Trace Context, <https://www.w3.org/TR/trace-context/>. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The span above: 16 hexadecimal digits. */
  readonly spanId: string;
  /** Whether whoever began the trace wants it recorded. */
  readonly isSampled: boolean;
}

/** Reads a `traceparent`; null for what is none, which is as if there was none. */
export function parseTraceparent(text: string | undefined): TraceContext | null {
  const [, version, traceId, spanId, flags, rest] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text ?? "") ?? [];
  if (version === undefined || traceId === undefined || spanId === undefined || flags === undefined)
    return null;
  // The first version has no more fields; later ones may have.
  if (version === "ff" || (version === "00" && rest !== undefined)) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The text of a `traceparent`. */
export function formatTraceparent({ traceId, spanId, isSampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;
}

/** The id of a span that is the same for everybody who asks. */
export function spanIdOf(...name: readonly (string | number)[]): string {
  return createHash("sha256").update(name.join(" ")).digest("hex").slice(0, 16);
}

/**
 * The trace that an attempt belongs to, and the span above it: where the run was asked for with one, or else a
 * trace of the run's own, without a span above.
 */
export function traceOf(
  runId: string,
  traceparent: string | null | undefined,
): { readonly traceId: string; readonly parentSpanId: string | null; readonly isSampled: boolean } {
  const context = parseTraceparent(traceparent ?? undefined);
  if (context === null) return { traceId: runId.replaceAll("-", ""), parentSpanId: null, isSampled: true };
  return { traceId: context.traceId, parentSpanId: context.spanId, isSampled: context.isSampled };
}
