import { type RunEvent, runEventSchema } from "@notemill/api";
import { ClientError } from "./client-error.ts";
import { readEventStream } from "./event-stream.ts";
import { type ClientOptions, readAnswer } from "./send-request.ts";

/** Options of {@link followRun}. */
export interface FollowOptions {
  /** Give the events behind this one. Default 0: all. */
  readonly after?: number;
  /** Whether to wait for what is still to come. Default true. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
  /** How long to wait before asking again, in milliseconds, when the server has gone away. Default 500. */
  readonly retryMs?: number;
  /** How often to ask again in a row before giving up. Default 0. */
  readonly retries?: number;
}

/**
 * The events of a run, in order, each once: until the run is over, or those that there are.
 *
 * @throws {@link ClientError} `SERVER_UNREACHABLE` when the server went away and did not come back in time.
 */
export async function* followRun(
  options: ClientOptions,
  runId: string,
  { after = 0, follow = true, signal, retryMs = 500, retries = 0 }: FollowOptions = {},
): AsyncGenerator<RunEvent> {
  let last = after;
  let failures = 0;
  for (;;) {
    try {
      for await (const event of readStream(options, runId, { after: last, follow: `${follow}` }, signal)) {
        last = event.seq;
        failures = 0;
        yield event;
      }
      return;
    } catch (error) {
      const isAway = error instanceof ClientError && error.code === "SERVER_UNREACHABLE";
      if (!isAway || failures >= retries) throw error;
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

async function* readStream(
  options: ClientOptions,
  runId: string,
  query: { readonly after: number; readonly follow: string },
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  const path = `/runs/${encodeURIComponent(runId)}/events`;
  const request = { method: "GET", path, query, signal } as const;
  for await (const { event, data } of readEventStream(options, request, "end"))
    if (event !== "end") yield readAnswer(data, runEventSchema, options.serverUrl);
}
