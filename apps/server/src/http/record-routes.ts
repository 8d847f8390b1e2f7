import { Readable } from "node:stream";
import {
  latestOutputQuerySchema,
  recordFileNameSchema,
  type RunRecords,
  verifyQuerySchema,
} from "@notemill/api";
import {
  latestRecordFiles,
  latestSucceeded,
  listRecords,
  recordFiles,
  type StoredRun,
} from "@notemill/store";
import { isFinal } from "@notemill/schedules";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { writeArchive } from "../records/archive/write-archive.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { MANIFEST_NAME, OUTPUT_NAME, RECORD_FORM } from "../records/record-form.ts";
import { verifyRecords } from "../records/verify-records.ts";
import { liveNotebook } from "../runs/live-notebook.ts";
import { ServerError } from "../server-error.ts";
import { summarizeSweep } from "../sweeps/sweep-summary.ts";
import { readRequest } from "./read-request.ts";
import { bytesFor, disposition, matchesEtag } from "./user-bytes.ts";
import { findRun } from "./find-run.ts";

/** The routes of what remains of runs. */
export function recordRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, records } = platform;

  app.get("/api/v1/runs/:id/notebook", async (request, reply) =>
    sendNewest(platform, await findRun(platform, request.params), { request, reply }),
  );

  app.get("/api/v1/notebooks/latest-output", async (request, reply) => {
    const { path } = readRequest(latestOutputQuerySchema, request.query, "query");
    const { virtualPath } = resolveVirtualPath(platform.mounts, path, platform.user);
    const run = await latestSucceeded(driver, virtualPath);
    if (run === null) {
      throw new ServerError("OUTPUT_NOT_THERE", `no run of "${virtualPath}" has succeeded yet`, {
        details: { path: virtualPath },
      });
    }
    void reply.header("notemill-run", run.id);
    return sendOutput(platform, run, { request, reply });
  });

  app.get("/api/v1/runs/:id/records", async (request) => {
    const run = await findRun(platform, request.params);
    return { records: await runRecords(platform, run.id) };
  });

  app.get("/api/v1/runs/:id/archive", async (request, reply) => {
    const run = await findRun(platform, request.params);
    await manifestsInTime(platform);
    const archive = await writeArchive(platform, run.id);
    if (request.method === "HEAD") await archive.cancel();
    return reply
      .headers({
        "content-security-policy": "sandbox",
        "content-disposition": `attachment; filename="${run.id}.tar"`,
      })
      .type("application/x-tar")
      .send(await bytesFor(request, async () => ({ bytes: archive })));
  });

  app.get("/api/v1/runs/:id/records/:attempt/file", async (request, reply) => {
    const run = await findRun(platform, request.params);
    const { attempt } = readRequest(ATTEMPT, request.params, "id");
    const { name } = readRequest(recordFileNameSchema, request.query, "query");
    const record = (await runRecords(platform, run.id)).find((it) => it.attempt === attempt);
    const isListed = name === MANIFEST_NAME || record?.files.some((it) => it.name === name);
    if (record === undefined || isListed !== true) {
      throw new ServerError("OUTPUT_NOT_THERE", `run ${run.id} has no file "${name}" of attempt ${attempt}`, {
        details: { id: run.id, attempt, name },
      });
    }
    const file = await records.read(`${record.directory}/${name}`);
    if (request.method === "HEAD") await file.close();
    return reply
      .headers({
        "content-security-policy": "sandbox",
        "content-disposition": disposition("attachment", name),
        "content-length": file.size,
      })
      .type("application/octet-stream")
      .send(await bytesFor(request, async () => file));
  });

  app.get("/api/v1/records/verification", async (request) => {
    const { run, after, limit } = readRequest(verifyQuerySchema, request.query, "query");
    await manifestsInTime(platform);
    return verifyRecords(driver, records, { after, limit, ...(run === undefined ? {} : { runId: run }) });
  });
}

const ATTEMPT = z.object({
  attempt: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** The records of a run whose files are all there. */
async function runRecords(platform: Platform, runId: string): Promise<RunRecords["records"]> {
  const { driver } = platform;
  await manifestsInTime(platform);
  const found: RunRecords["records"] = [];
  for (const record of await listRecords(driver, { after: 0, limit: 1000, runId })) {
    const { attempt, directory, sha256, attemptId } = record;
    found.push({ attempt, directory, sha256, files: [...(await recordFiles(driver, attemptId))] });
  }
  return found;
}

/** A request and its answer. */
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Answers with the output notebook of a run, or of the attempt that is under way. */
async function sendNewest(
  platform: Platform,
  run: StoredRun,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  if (run.isSweep && !isFinal(run.status)) return sendSummary(platform, run, reply);
  const live = isFinal(run.status) ? null : await liveNotebook(platform, run);
  // Without one the run may have come to its end meanwhile.
  if (live === null) return sendOutput(platform, run, { request, reply });
  return reply
    .headers({
      "content-security-policy": "sandbox",
      "content-disposition": `attachment; filename="${run.id}.ipynb"`,
      "content-length": live.size,
      "notemill-run-status": run.status,
    })
    .type("application/x-ipynb+json")
    .send(Readable.from(live.bytes));
}

/** Answers with the table of a sweep as it is now. */
async function sendSummary(platform: Platform, run: StoredRun, reply: FastifyReply): Promise<FastifyReply> {
  const { files } = await summarizeSweep(platform, run);
  return reply
    .headers({
      "content-security-policy": "sandbox",
      "content-disposition": `attachment; filename="${run.id}.ipynb"`,
      "notemill-run-status": run.status,
    })
    .type("application/x-ipynb+json")
    .send(files.find(({ name }) => name === OUTPUT_NAME)?.text);
}

/** Answers with the output notebook of a run. @throws {@link ServerError} `OUTPUT_NOT_THERE`. */
async function sendOutput(
  { driver, records }: Platform,
  run: StoredRun,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const latest = await latestRecordFiles(driver, run.id);
  const output = latest?.files.find(({ name }) => name === OUTPUT_NAME);
  if (latest === null || output === undefined) {
    throw new ServerError(
      "OUTPUT_NOT_THERE",
      `run ${run.id} is ${run.status} and has no output notebook yet`,
      {
        details: { id: run.id, status: run.status },
      },
    );
  }
  const etag = `"${output.sha256}"`;
  if (matchesEtag(request.headers["if-none-match"], etag))
    return reply.status(304).header("etag", etag).send();
  const directory = RECORD_FORM.directory(run, { number: latest.attempt });
  const bytes = await bytesFor(request, () => records.read(`${directory}/${OUTPUT_NAME}`));
  return reply
    .headers({
      // What a notebook holds is never shown as a part of this server.
      "content-security-policy": "sandbox",
      "content-disposition": `attachment; filename="${run.id}.ipynb"`,
      "content-length": output.size,
      etag,
    })
    .type("application/x-ipynb+json")
    .send(bytes);
}
