import { Readable } from "node:stream";
import { encodeWireJson, eventsQuerySchema, type RunEvent } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { isFinal } from "@notemill/schedules";
import { eventsSince, getRun, type StoredEvent } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { readRequest } from "./read-request.ts";
import { findRun } from "./find-run.ts";

/** How many events are read at once. */
const PAGE = 500;
/** How long to wait for a notification before looking anyway, in milliseconds. */
const LOOK_MS = 1000;
/** After so many looks without an event a comment keeps the connection open through proxies. */
const QUIET_LOOKS = 15;

/**
 * The route that follows a run: its events as server-sent events from any point.
 *
 * The last one is `end`; a stream that stops without it was cut off, and its reader
 * comes back with the id of the last event that it had.
 */
export function followRoute(app: FastifyInstance, platform: Platform): void {
  app.get("/api/v1/runs/:id/events", async (request, reply) => {
    const { id } = await findRun(platform, request.params);
    const seen = request.headers["last-event-id"];
    const query = seen === undefined ? request.query : { ...(request.query as object), after: seen };
    const { after, follow } = readRequest(eventsQuerySchema, query, "query");
    reply.header("x-accel-buffering", "no").type("text/event-stream");
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    return reply.send(
      Readable.from(
        eventTexts(platform, id, {
          after,
          isFollowing: follow === "true",
          signal: AbortSignal.any([gone.signal, platform.closing]),
        }),
      ),
    );
  });
}

async function* eventTexts(
  { driver, wakeups }: Platform,
  runId: string,
  { after, isFollowing, signal }: { after: number; isFollowing: boolean; signal: AbortSignal },
): AsyncGenerator<string> {
  let last = after;
  let quiet = 0;
  // Lets the reader know at once that the stream is there.
  yield ":\n\n";
  while (!signal.aborted) {
    // Listened for before the look, so that nothing is missed between the two.
    const changed = wakeups.untilRunChanged(runId, LOOK_MS, signal);
    // The status is read first: whatever came before a final one is in the events that are read next.
    const run = await getRun(driver, runId);
    const events = await eventsSince(driver, runId, { after: last, limit: PAGE });
    if (events.length > 0) yield events.map(eventText).join("");
    last = events.at(-1)?.seq ?? last;
    if (events.length === PAGE) continue;
    if (!isFollowing || run === null || isFinal(run.status)) {
      yield "event: end\ndata: {}\n\n";
      return;
    }
    quiet = events.length > 0 ? 0 : quiet + 1;
    if (quiet % QUIET_LOOKS === QUIET_LOOKS - 1) yield ":\n\n";
    await changed;
  }
}

function eventText({ seq, attempt, at, kind, data }: StoredEvent): string {
  const event: RunEvent = { seq, attempt, at: at.toISOString(), kind, data: new RawJson(data) };
  return `id: ${seq}\nevent: ${kind}\ndata: ${encodeWireJson(event)}\n\n`;
}
