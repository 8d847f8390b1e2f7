import { EventSourceParserStream } from "eventsource-parser/stream";
import { ClientError } from "./client-error.ts";
import { type ApiRequest, type ClientOptions, sendRequest, unreachable } from "./send-request.ts";

/** One server-sent event. */
export interface StreamEvent {
  readonly event: string | undefined;
  readonly data: string;
}

/**
 * Sends a request that is answered by server-sent events, up to one of a kind, which is given too.
 *
 * @throws {@link ClientError} `SERVER_UNREACHABLE` when the stream ends before it, and as `sendRequest` does.
 */
export async function* readEventStream(
  options: ClientOptions,
  request: ApiRequest,
  last: string,
): AsyncGenerator<StreamEvent> {
  const { signal } = request;
  const response = await sendRequest(options, request);
  if (response.body === null) throw unreachable(options.serverUrl, "it sent no events");
  const messages = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  try {
    for await (const { event, data } of messages) {
      yield { event, data };
      if (event === last) return;
    }
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw error instanceof ClientError ? error : unreachable(options.serverUrl, error);
  }
  // A stream that stops without saying so was cut off.
  throw unreachable(options.serverUrl, "it stopped in the middle of the events");
}
