import { Readable } from "node:stream";
import { encodeWireJson, eventsQuerySchema, type RunEvent, type WorkflowRunEvent } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { isFinal } from "@notemill/schedules";
import { eventsSince, getRun, getWorkflowRun, type StoredEvent, workflowEventsSince } from "@notemill/store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { whoAsks } from "../access/asker.ts";
import { isStillIn } from "../access/is-still-in.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";
import { findRun } from "./find-run.ts";
import { findWorkflowRun } from "./find-workflow.ts";
import { serverSentEvent } from "./server-sent-event.ts";

/** How many events are read at once, and how many bytes their data may come to: each reader has as much in memory. */
const PAGE = 500;
const PAGE_BYTES = 2 ** 20;
/** How long to wait for a notification before looking anyway, in milliseconds. */
const LOOK_MS = 1000;
/** After so many looks without an event a comment keeps the connection open through proxies. */
const QUIET_LOOKS = 15;

/** How long somebody who was let in is not looked at again, in milliseconds. */
const LET_IN_MS = 5000;

/** How many streams of events are open at a time: each asks the database every second. */
const MOST_FOLLOWERS = 1000;

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
  const follow = createFollowing(platform);

  app.get("/api/v1/runs/:id/events", async (request, reply) => {
    const { id } = await findRun(platform, request.params);
    return follow(
      { request, reply, id },
      {
        async isOver() {
          const run = await getRun(driver, id);
          return run === null || isFinal(run.status);
        },
        eventsSince: (after) => eventsSince(driver, id, { after, limit: PAGE, bytes: PAGE_BYTES }),
        present: ({ seq, attempt, at, kind, data }) => {
          return { seq, attempt, at: at.toISOString(), kind, data: new RawJson(data) };
        },
      },
    );
  });

  app.get("/api/v1/workflow-runs/:id/events", async (request, reply) => {
    const { id } = await findWorkflowRun(platform, request.params);
    return follow(
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

/** Who follows what. */
interface Follower {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly id: string;
}

/** Makes what answers followers, with so many streams at a time. @throws {@link ServerError} `TOO_MANY_REQUESTS`. */
function createFollowing(platform: Platform): (follower: Follower, followed: Followed) => FastifyReply {
  let open = 0;
  // Counted where it is read, so that one that nobody came to read any more is not.
  const counted = async function* (texts: AsyncGenerator<string>): AsyncGenerator<string> {
    open += 1;
    try {
      yield* texts;
    } finally {
      open -= 1;
    }
  };
  return (follower, followed) => {
    if (open >= MOST_FOLLOWERS) {
      throw new ServerError(
        "TOO_MANY_REQUESTS",
        `${MOST_FOLLOWERS} streams of events are open already; close some, or come back when others have`,
      );
    }
    return follower.reply.send(Readable.from(counted(follow(platform, follower, followed))));
  };
}

/** Begins an answer, and gives the texts that it is made of. */
function follow(
  platform: Platform,
  { request, reply, id }: Follower,
  followed: Followed,
): AsyncGenerator<string> {
  const seen = request.headers["last-event-id"];
  const query = seen === undefined ? request.query : { ...(request.query as object), after: seen };
  const { after, follow } = readRequest(eventsQuerySchema, query, "query");
  reply.header("x-accel-buffering", "no").type("text/event-stream");
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const signal = AbortSignal.any([gone.signal, platform.closing]);
  const asker = whoAsks(request);
  const options = {
    id,
    after,
    isFollowing: follow === "true",
    signal,
    isStillIn: async () => asker === null || isStillIn(platform, asker),
  };
  return eventTexts(platform, followed, options);
}

async function* eventTexts(
  { wakeups, now }: Platform,
  { isOver, eventsSince, present }: Followed,
  {
    id,
    after,
    isFollowing,
    signal,
    isStillIn,
  }: {
    readonly id: string;
    readonly after: number;
    readonly isFollowing: boolean;
    readonly signal: AbortSignal;
    readonly isStillIn: () => Promise<boolean>;
  },
): AsyncGenerator<string> {
  let last = after;
  let quiet = 0;
  let letInAt = now().getTime();
  // Lets the reader know at once that the stream is there.
  yield ":\n\n";
  while (!signal.aborted) {
    if (now().getTime() - letInAt >= LET_IN_MS) {
      // Without its end: whoever comes back for the rest is told why there is none.
      if (!(await isStillIn())) return;
      letInAt = now().getTime();
    }
    // Listened for before the look, so that nothing is missed between the two.
    const changed = wakeups.untilRunChanged(id, LOOK_MS, signal);
    // The status is read first: whatever came before a final one is in the events that are read next.
    const isEnded = await isOver();
    const events = await eventsSince(last);
    if (events.length > 0) yield events.map((it) => eventText(it, present)).join("");
    last = events.at(-1)?.seq ?? last;
    if (isFull(events)) continue;
    if (!isFollowing || isEnded) {
      yield serverSentEvent({ event: "end", data: "{}" });
      return;
    }
    quiet = events.length > 0 ? 0 : quiet + 1;
    if (quiet % QUIET_LOOKS === QUIET_LOOKS - 1) yield ":\n\n";
    await changed;
  }
}

/** Whether there may be more than these. */
function isFull(events: readonly StoredEvent[]): boolean {
  if (events.length === PAGE) return true;
  let bytes = 0;
  for (const { data } of events) bytes += Buffer.byteLength(data);
  return bytes >= PAGE_BYTES;
}

function eventText(event: StoredEvent, present: Followed["present"]): string {
  return serverSentEvent({ id: event.seq, event: event.kind, data: encodeWireJson(present(event)) });
}
