import { isJsonObject, parseJson } from "@notemill/json";
import type { AttemptTrace } from "@notemill/store";
import { nanoseconds, type Span, type SpanAttributes } from "./span.ts";
import { spanIdOf, traceOf } from "./trace-context.ts";

/** The events that spans are made from. */
export const TRACED_EVENTS = [
  "attempt-started",
  "kernel-ready",
  "cell-started",
  "cell-finished",
  "attempt-finished",
];

/** The span of an attempt, which is known before it begins. */
export function attemptSpanId(attemptId: string): string {
  return spanIdOf("attempt", attemptId);
}

/**
 * The spans of an attempt that is over, from the queue to its record. They are made of what the record is made of,
 * so a runner needs no way to a collector; times of cells are those of the runner's clock.
 *
 * @param recordedAt - When its manifest was written.
 */
export function attemptSpans(
  { run, attempt, events }: AttemptTrace,
  { traceparent, recordedAt }: { readonly traceparent: string | null | undefined; readonly recordedAt: Date },
): readonly Span[] {
  const { traceId, parentSpanId, isSampled } = traceOf(run.id, traceparent);
  if (!isSampled) return [];
  const id = attemptSpanId(attempt.id);
  const failure = attempt.failure === null ? null : parsed(attempt.failure);
  const failed = failure === null ? null : `${text(failure["code"])}: ${text(failure["message"])}`;
  const spans: Span[] = [];
  const add = (
    name: string,
    [startNs, endNs]: readonly [bigint | null, bigint | null],
    more: { readonly attributes?: SpanAttributes; readonly error?: string | null } = {},
  ): void => {
    if (startNs === null || endNs === null) return;
    spans.push({
      traceId,
      spanId: spanIdOf(name, attempt.id, spans.length),
      parentSpanId: id,
      name,
      startNs,
      // Clocks of two machines may be a little apart.
      endNs: endNs < startNs ? startNs : endNs,
      attributes: more.attributes ?? {},
      error: more.error ?? null,
    });
  };
  const ns = (at: Date | null): bigint | null => at && nanoseconds(at);
  const times = events.map(({ kind, at, data }) => {
    const facts = parsed(data);
    const time = facts["time"];
    return { kind, facts, at: nanoseconds(typeof time === "string" ? time : at) };
  });
  const first = (kind: string): bigint | null => times.find((it) => it.kind === kind)?.at ?? null;
  const created = nanoseconds(attempt.createdAt);
  const finished = ns(attempt.finishedAt) ?? nanoseconds(recordedAt);
  const claimed = ns(attempt.claimedAt);
  const [started, ready, over] = ["attempt-started", "kernel-ready", "attempt-finished"].map(first);

  spans.push({
    traceId,
    spanId: id,
    parentSpanId,
    name: "attempt",
    startNs: created,
    endNs: nanoseconds(recordedAt) > finished ? nanoseconds(recordedAt) : finished,
    attributes: {
      "notemill.run_id": run.id,
      "notemill.attempt_id": attempt.id,
      "notemill.attempt": attempt.number,
      "notemill.path": run.path,
      "notemill.owner": run.owner,
      "notemill.status": attempt.status,
      ...(attempt.runnerId === null ? {} : { "notemill.runner_id": attempt.runnerId }),
    },
    error: attempt.status === "succeeded" ? null : (failed ?? attempt.status),
  });
  add("queued", [created, claimed ?? finished]);
  add("claim", [claimed, started ?? null]);
  add("start kernel", [started ?? null, ready ?? null]);
  let cellsOver = ready ?? null;
  const cells = new Map<unknown, bigint>();
  for (const { kind, facts, at } of times) {
    if (kind === "cell-started") cells.set(facts["cell_index"], at);
    if (kind !== "cell-finished") continue;
    const isFailed = facts["status"] === "failed";
    add("cell", [cells.get(facts["cell_index"]) ?? at, at], {
      attributes: {
        "notemill.cell_id": text(facts["cell_id"]),
        "notemill.cell_index": Number(facts["cell_index"]),
      },
      error: isFailed ? (failed ?? "failed") : null,
    });
    cells.delete(facts["cell_index"]);
    cellsOver = at;
  }
  // What was under way when the attempt ended has no end of its own.
  for (const [index, at] of cells)
    add("cell", [at, finished], {
      attributes: { "notemill.cell_index": Number(index) },
      error: failed ?? attempt.status,
    });
  add("save", [cellsOver, over ?? null]);
  add("record", [over ?? finished, nanoseconds(recordedAt)]);
  return spans;
}

function parsed(data: string): Readonly<Record<string, unknown>> {
  const value = parseJson(data);
  return isJsonObject(value) ? value : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
