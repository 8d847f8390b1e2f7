import { type RunnerClient, ServerProblem } from "@notemill/client";
import { untilAnswered } from "./until-answered.ts";
import type { WireEvent } from "./wire-event.ts";

/** Sends the events of one attempt, in order, as fast as the server takes them. */
export interface EventSender {
  push(event: WireEvent): void;
  /**
   * Ends the sending, and gives the events that are left for the attempt's completion.
   *
   * @throws what ended the sending before.
   */
  rest(): Promise<{ readonly first: number; readonly events: readonly WireEvent[] }>;
}

/** The most events of one request, and the most characters of their data, which a server takes with room to spare. */
const BATCH = 500;
const BATCH_CHARACTERS = 8 * 1024 * 1024;

/** What an {@link EventSender} is made with. */
export interface EventSenderOptions {
  /** Aborts when nothing is to be sent any more. */
  readonly signal: AbortSignal;
  /** Told when the server has given the attempt to somebody else: sooner than a heartbeat would tell. */
  readonly onLost: () => void;
}

/** Begins to send; while the server is away the events wait in memory. */
export function createEventSender(
  client: Pick<RunnerClient, "appendEvents">,
  attempt: { readonly id: string; readonly fence: number },
  { signal, onLost }: EventSenderOptions,
): EventSender {
  const waiting: WireEvent[] = [];
  let sent = 0;
  let isEnding = false;
  let sending: Promise<void> | undefined;

  const send = async (): Promise<void> => {
    for (;;) {
      const events = firstBatch(waiting);
      // At the end, what one request takes goes with the completion.
      if (events.length === (isEnding ? waiting.length : 0)) return;
      const { next } = await untilAnswered(
        () => client.appendEvents(attempt.id, { fence: attempt.fence, first: sent, events }, { signal }),
        signal,
      );
      waiting.splice(0, next - sent);
      sent = next;
    }
  };
  const begin = (): Promise<void> => {
    sending ??= send().finally(() => (sending = undefined));
    return sending;
  };
  return {
    push(event) {
      waiting.push(event);
      // Whoever waits for the end hears of what went wrong.
      begin().catch((error: unknown) => {
        if (error instanceof ServerProblem && error.code === "ATTEMPT_LOST") onLost();
      });
    },
    async rest() {
      isEnding = true;
      await begin();
      return { first: sent, events: waiting.splice(0) };
    },
  };
}

/** The first events of those that wait that one request takes: one at least. */
function firstBatch(waiting: readonly WireEvent[]): WireEvent[] {
  let characters = 0;
  let count = 0;
  for (const { data } of waiting) {
    characters += data.text.length;
    if (count === BATCH || (count > 0 && characters > BATCH_CHARACTERS)) break;
    count += 1;
  }
  return waiting.slice(0, count);
}
