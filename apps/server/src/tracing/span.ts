/** What a span says beside its times. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Something that took time. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  /** Nanoseconds since 1970. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: SpanAttributes;
  /** Why it went wrong. Null where it did not. */
  readonly error: string | null;
}

/** Nanoseconds of an instant; texts have microseconds. */
export function nanoseconds(at: Date | string): bigint {
  const ms = typeof at === "string" ? Date.parse(at) : at.getTime();
  const micros = typeof at === "string" ? (/\.\d{3}(\d{3})/.exec(at)?.[1] ?? "0") : "0";
  return BigInt(ms) * 1_000_000n + BigInt(micros) * 1000n;
}
