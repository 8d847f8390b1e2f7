import { type RunEvent, runEventSchema } from "@notemill/api";
import type { z } from "zod";
import { isServerAway } from "./client-error.ts";
import { readEventStream } from "./event-stream.ts";
import { type ClientOptions, readAnswer } from "./send-request.ts";

/** Options of {@link followRun}. */
export interface FollowOptions {
  /** Give the events behind this one. Default 0: all. */
  readonly after?: number;
  /** Whether to wait for what is still to come. Default true. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
  /** How long to wait before asking again, in milliseconds, when the server is away. Default 500. */
  readonly retryMs?: number;
  /** How often to ask again in a row before giving up. Default 0. */
  readonly retries?: number;
}

/**
 * The events of a run, in order, each once: until the run is over, or those that there are.
 *
 * @throws {@link ClientError} and {@link ServerProblem} as `listRuns` does, when the server was away, or a proxy
 * said so, and did not come back in time; `ANSWER_INVALID` at once for an event that is none.
 */
export function followRun(
  server: ClientOptions,
  runId: string,
  options?: FollowOptions,
): AsyncGenerator<RunEvent> {
  return followEvents(server, `/runs/${encodeURIComponent(runId)}/events`, runEventSchema, options);
}

/** The events of anything that has them, likewise. @throws As {@link followRun}. */
export async function* followEvents<Event extends { readonly seq: number }>(
  server: ClientOptions,
  path: string,
  schema: z.ZodType<Event>,
  { after = 0, follow = true, signal, retryMs = 500, retries = 0 }: FollowOptions = {},
): AsyncGenerator<Event> {
  let last = after;
  let failures = 0;
  for (;;) {
    try {
      const request = { method: "GET", path, query: { after: last, follow: `${follow}` }, signal } as const;
      for await (const { event, data } of readEventStream(server, request, "end")) {
        if (event === "end") continue;
        const seen = readAnswer(data, schema, server.serverUrl);
        last = seen.seq;
        failures = 0;
        yield seen;
      }
      return;
    } catch (error) {
      if (!isServerAway(error) || failures >= retries) throw error;
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
