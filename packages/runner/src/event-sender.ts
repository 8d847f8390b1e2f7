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

/** The most events of one request. */
const BATCH = 500;

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
    while (waiting.length > (isEnding ? BATCH : 0)) {
      const events = waiting.slice(0, BATCH);
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
