import { otlpJson, type Resource } from "./otlp-json.ts";
import type { Span } from "./span.ts";
import type { TraceSettings } from "./trace-settings.ts";

/** Sends spans to a collector, by and by. Disposing of it sends what waits, once. */
export interface SpanSender extends AsyncDisposable {
  /** Takes spans; when too many wait, those that come are dropped. Never throws. */
  push(spans: readonly Span[]): void;
}

/** Most spans of one request, and that wait. */
const BATCH = 512;
const MOST_WAITING = 8192;

/** How long spans wait for others, in milliseconds. */
const WAIT_MS = 1000;

/** How long a request may take, in milliseconds. */
const REQUEST_MS = 5000;

/**
 * Begins with none. Spans that a collector does not take are dropped: no run waits for one.
 *
 * @param onSent - Told what became of spans: how many were sent or dropped, and why.
 */
export function createSpanSender(
  { url, headers }: TraceSettings,
  resource: Resource,
  onSent: (outcome: "sent" | "dropped", count: number, error?: unknown) => void,
): SpanSender {
  const waiting: Span[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();

  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const spans = waiting.splice(0, BATCH);
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: otlpJson(spans, resource),
          signal: AbortSignal.timeout(REQUEST_MS),
          redirect: "error",
        });
        await answer.body?.cancel();
        if (!answer.ok) throw new Error(`the collector answers ${answer.status}`);
        onSent("sent", spans.length);
      } catch (error) {
        onSent("dropped", spans.length + waiting.splice(0).length, error);
      }
    }
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    sending = sending.then(send);
  };
  return {
    push(spans) {
      const room = MOST_WAITING - waiting.length;
      waiting.push(...spans.slice(0, room));
      if (spans.length > room) onSent("dropped", spans.length - room);
      if (waiting.length >= BATCH) flush();
      else timer ??= setTimeout(flush, WAIT_MS);
    },
    async [Symbol.asyncDispose]() {
      flush();
      await sending;
    },
  };
}
