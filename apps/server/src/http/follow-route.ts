import { Readable } from "node:stream";
import { encodeWireJson, eventsQuerySchema, type RunEvent, type WorkflowRunEvent } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { isFinal } from "@notemill/schedules";
import { eventsSince, getRun, getWorkflowRun, type StoredEvent, workflowEventsSince } from "@notemill/store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Platform } from "../platform.ts";
import { readRequest } from "./read-request.ts";
import { findRun } from "./find-run.ts";
import { findWorkflowRun } from "./find-workflow.ts";

/** How many events are read at once. */
const PAGE = 500;
/** How long to wait for a notification before looking anyway, in milliseconds. */
const LOOK_MS = 1000;
/** After so many looks without an event a comment keeps the connection open through proxies. */
const QUIET_LOOKS = 15;

/** Something that is followed: its events, and whether more may come. */
interface Followed {
  readonly isOver: () => Promise<boolean>;
  readonly eventsSince: (after: number) => Promise<readonly StoredEvent[]>;
  /** Makes the data of a server-sent event. */
  readonly present: (event: StoredEvent) => RunEvent | WorkflowRunEvent;
}

/**
 * The routes that follow a run and a workflow-run: their events as server-sent events
 * from any point.
 *
 * The last one is `end`; a stream that stops without it was cut off, and its reader
 * comes back with the id of the last event that it had.
 */
export function followRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver } = platform;

  app.get("/api/v1/runs/:id/events", async (request, reply) => {
    const { id } = await findRun(platform, request.params);
    return follow(
      platform,
      { request, reply, id },
      {
        async isOver() {
          const run = await getRun(driver, id);
          return run === null || isFinal(run.status);
        },
        eventsSince: (after) => eventsSince(driver, id, { after, limit: PAGE }),
        present: ({ seq, attempt, at, kind, data }) => {
          return { seq, attempt, at: at.toISOString(), kind, data: new RawJson(data) };
        },
      },
    );
  });

  app.get("/api/v1/workflow-runs/:id/events", async (request, reply) => {
    const { id } = await findWorkflowRun(platform, request.params);
    return follow(
      platform,
      { request, reply, id },
      {
        async isOver() {
          const run = await getWorkflowRun(driver, id);
          return run === null || run.finishedAt !== null;
        },
        eventsSince: (after) => workflowEventsSince(driver, id, { after, limit: PAGE }),
        present: ({ seq, attempt, at, kind, data }) => {
          return { seq, sequence: attempt, at: at.toISOString(), kind, data: new RawJson(data) };
        },
      },
    );
  });
}

function follow(
  platform: Platform,
  {
    request,
    reply,
    id,
  }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly id: string },
  followed: Followed,
): FastifyReply {
  const seen = request.headers["last-event-id"];
  const query = seen === undefined ? request.query : { ...(request.query as object), after: seen };
  const { after, follow } = readRequest(eventsQuerySchema, query, "query");
  reply.header("x-accel-buffering", "no").type("text/event-stream");
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const signal = AbortSignal.any([gone.signal, platform.closing]);
  const options = { id, after, isFollowing: follow === "true", signal };
  return reply.send(Readable.from(eventTexts(platform, followed, options)));
}

async function* eventTexts(
  { wakeups }: Platform,
  { isOver, eventsSince, present }: Followed,
  {
    id,
    after,
    isFollowing,
    signal,
  }: {
    readonly id: string;
    readonly after: number;
    readonly isFollowing: boolean;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<string> {
  let last = after;
  let quiet = 0;
  // Lets the reader know at once that the stream is there.
  yield ":\n\n";
  while (!signal.aborted) {
    // Listened for before the look, so that nothing is missed between the two.
    const changed = wakeups.untilRunChanged(id, LOOK_MS, signal);
    // The status is read first: whatever came before a final one is in the events that are read next.
    const isEnded = await isOver();
    const events = await eventsSince(last);
    if (events.length > 0) yield events.map((it) => eventText(it, present)).join("");
    last = events.at(-1)?.seq ?? last;
    if (events.length === PAGE) continue;
    if (!isFollowing || isEnded) {
      yield "event: end\ndata: {}\n\n";
      return;
    }
    quiet = events.length > 0 ? 0 : quiet + 1;
    if (quiet % QUIET_LOOKS === QUIET_LOOKS - 1) yield ":\n\n";
    await changed;
  }
}

function eventText(event: StoredEvent, present: Followed["present"]): string {
  return `id: ${event.seq}\nevent: ${event.kind}\ndata: ${encodeWireJson(present(event))}\n\n`;
}
