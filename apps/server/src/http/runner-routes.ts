import { Readable } from "node:stream";
import {
  type AttemptEvents,
  attemptEventsSchema,
  type AttemptFacts,
  claimSchema,
  type Complete,
  completeSchema,
  encodeWireJson,
  heartbeatSchema,
  leaveSchema,
  recordFileQuerySchema,
  sourceFileQuerySchema,
} from "@notemill/api";
import { isStorePath } from "@notemill/storage";
import {
  type NewEvent,
  noteRecordFile,
  noteRunnerLeft,
  recordFiles,
  recordPlace,
  renewLeases,
} from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type RunnerTies, tokenOf } from "../access/runner-ties.ts";
import type { Platform } from "../platform.ts";
import { keepRecordFile } from "../records/keep-record-file.ts";
import { ARTIFACTS, MANIFEST_NAME, RECORD_FORM } from "../records/record-form.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { claimForRunner } from "../runs/claim-for-runner.ts";
import { livePath } from "../runs/live-notebook.ts";
import { presentRun } from "../runs/present-run.ts";
import { ServerError } from "../server-error.ts";
import { attemptLost } from "./attempt-lost.ts";
import { readFile } from "./read-file.ts";
import { tendInTime } from "../sweeps/tend-sweep.ts";
import { LARGE_BODY } from "./body-limits.ts";
import { readRequest } from "./read-request.ts";

/** The routes of runners. */
export function runnerRoutes(app: FastifyInstance, platform: Platform, ties: RunnerTies): void {
  const { driver, leases, live, now, newId, advancing, records, batches, sources, metrics, log } = platform;

  app.post("/api/v1/runner/claims", async (request, reply) => {
    const claim = readRequest(claimSchema, request.body, "body");
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    const runnerId = claim.runner.id;
    await ties.checkRunner(request, runnerId);
    const options = { gone: gone.signal, askedWith: tokenOf(request) };
    const answer = await claimForRunner(platform, claim, options);
    ties.noteClaimed(
      runnerId,
      answer.attempts.map(({ id, fence }) => ({ attemptId: id, fence })),
    );
    return answer;
  });

  app.post("/api/v1/runner/heartbeats", async (request) => {
    const { runner_id: runnerId, attempts } = readRequest(heartbeatSchema, request.body, "body");
    await ties.checkRunner(request, runnerId);
    const holdings = attempts.map(({ id, fence }) => ({ attemptId: id, fence }));
    const renewal = await renewLeases(driver, { runnerId, holdings, now: now(), leaseMs: leases.leaseMs });
    return { ...renewal, lease_ms: leases.leaseMs };
  });

  app.post("/api/v1/runner/leave", async (request, reply) => {
    const { runner_id: runnerId } = readRequest(leaveSchema, request.body, "body");
    await ties.checkRunner(request, runnerId);
    await noteRunnerLeft(driver, { runnerId, now: now() });
    return reply.status(204).send();
  });

  app.get("/api/v1/runner/sources/:hash", (request) =>
    sources.get(readRequest(HASH, request.params, "id").hash),
  );

  app.get("/api/v1/runner/sources/:hash/file", async (request, reply) => {
    const { hash } = readRequest(HASH, request.params, "id");
    const { path } = readRequest(sourceFileQuerySchema, request.query, "query");
    const file = await sources.openFile(hash, path);
    return reply
      .headers({ "content-length": file.size, "content-security-policy": "sandbox" })
      .type("application/octet-stream")
      .send(Readable.from(file.bytes));
  });

  app.post("/api/v1/runner/attempts/:id/events", LARGE_BODY, async (request) => {
    const { id } = readRequest(ATTEMPT, request.params, "id");
    const { fence, first, events } = readRequest(attemptEventsSchema, request.body, "body");
    await ties.checkAttempt(request, { attemptId: id, fence });
    const appended = await batches.append({
      attemptId: id,
      fence,
      first,
      events: events.map(newEvent),
      advancing,
      now: now(),
    });
    if (appended.kind === "lost") throw attemptLost(id);
    if (appended.kind === "gap") throw eventsMissing(appended.next);
    return { next: appended.next };
  });

  app.put("/api/v1/runner/attempts/:id/files/:name", async (request, reply) => {
    const { id, name } = readRequest(FILE, request.params, "id");
    const { fence, sha256 } = readRequest(recordFileQuerySchema, request.query, "query");
    await ties.checkAttempt(request, { attemptId: id, fence });
    const place = await recordPlace(driver, { attemptId: id, fence });
    if (place === null) throw attemptLost(id);
    const path = `${RECORD_FORM.directory(place.run, place.attempt)}/${name}`;
    const kept = await keepRecordFile(records, path, { sha256, bytes: readFile(request) });
    const isHeld = await noteRecordFile(driver, { attemptId: id, fence }, { name, ...kept });
    if (!isHeld) {
      // It was lost while the file came: the record was made without it.
      const listed = await recordFiles(driver, id);
      if (!listed.some((it) => it.name === name)) await records.delete(path);
      throw attemptLost(id);
    }
    return reply.status(204).send();
  });

  app.post("/api/v1/runner/attempts/:id/complete", LARGE_BODY, async (request) => {
    const { id } = readRequest(ATTEMPT, request.params, "id");
    const { fence, status, failure, facts, events, ...rest } = readRequest(
      completeSchema,
      request.body,
      "body",
    );
    await ties.checkAttempt(request, { attemptId: id, fence });
    const completed = await batches.complete({
      holding: { attemptId: id, fence },
      ending: {
        outcome: status,
        failure: failure === null ? null : boundedText("failure", encodeWireJson(failure)),
        facts: factsText(facts),
        now: now(),
        form: RECORD_FORM,
        nextAttemptId: newId(),
        advancing,
        scraps: rest.scraps ? scrapsOf(rest.scraps) : null,
        kernelUntil: rest.kernel_until === null ? null : new Date(rest.kernel_until),
      },
      events: events ? { first: events.first, events: events.events.map(newEvent) } : null,
    });
    if (completed.kind === "lost") throw attemptLost(id);
    if (completed.kind === "gap") throw eventsMissing(completed.next);
    if (completed.kind === "not-possible") {
      throw new ServerError(
        "EVENTS_MISSING",
        `attempt ${id} cannot be "${status}" before its events say that it runs`,
      );
    }
    await live.delete(livePath(id));
    await manifestsInTime(platform);
    if (completed.run.sweepId !== null) await tendInTime(platform, completed.run.sweepId);
    if (completed.kind === "completed") {
      metrics.attemptEnded(status);
      log.info(
        { run_id: completed.run.id, attempt_id: id, status, run_status: completed.run.status },
        "attempt ended",
      );
    }
    return presentRun(completed.run);
  });
}

const ATTEMPT = z.object({ id: z.uuid() });
const HASH = z.object({ hash: z.string() });
/** Plain segments, and not the name that is the server's own; artifacts have the names that people gave them. */
const FILE = ATTEMPT.extend({
  name: z
    .string()
    .max(512)
    .refine((name) => (name.startsWith(ARTIFACTS) ? isStorePath(name) : PLAIN.test(name)))
    .refine((name) => name !== MANIFEST_NAME),
});
const PLAIN = /^\w[\w.-]*(\/\w[\w.-]*)*$/;

function newEvent({ kind, at, data }: AttemptEvents["events"][number]): NewEvent {
  return { kind, at: new Date(at), data: data.text };
}

function eventsMissing(next: number): ServerError {
  return new ServerError("EVENTS_MISSING", `the server has ${next} events; send those from there on`, {
    details: { next },
  });
}

/** The most characters of what comes with a run wherever it is shown, or is worked with. */
const MOST_CHARACTERS = 2 ** 20;

/** @throws {@link ServerError} `BODY_TOO_LARGE`. */
function boundedText(field: string, text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  throw new ServerError(
    "BODY_TOO_LARGE",
    `"${field}" has ${text.length} characters as JSON, and may have ${MOST_CHARACTERS}; the record may have more`,
    { details: { field } },
  );
}

/** Names of scraps are what a notebook made them, and the database takes less in a text. */
function scrapsOf({ data, left_out: leftOut }: NonNullable<Complete["scraps"]>): {
  readonly data: string;
  readonly leftOut: readonly string[];
} {
  return {
    data: boundedText("scraps", data.text),
    leftOut: leftOut.map((name) => name.toWellFormed().replaceAll("\0", "\ufffd")),
  };
}

function factsText(facts: AttemptFacts | null): string | null {
  return facts === null ? null : encodeWireJson(facts);
}
