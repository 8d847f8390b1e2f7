import { type ArtifactList, artifactQuerySchema, artifactsQuerySchema } from "@notemill/api";
import { listAttempts, recordFiles, type StoredRun } from "@notemill/store";
import { isFinal } from "@notemill/schedules";
import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { ARTIFACTS, RECORD_FORM } from "../records/record-form.ts";
import { ServerError } from "../server-error.ts";
import { findRun } from "./find-run.ts";
import { readRequest } from "./read-request.ts";
import { bytesFor, disposition } from "./user-bytes.ts";

/** The routes of the files that attempts leave. */
export function artifactRoutes(app: FastifyInstance, platform: Platform): void {
  app.get("/api/v1/runs/:id/artifacts", async (request) => {
    const run = await findRun(platform, request.params);
    const { attempt } = readRequest(artifactsQuerySchema, request.query, "query");
    return listArtifacts(platform, run, attempt);
  });

  app.get("/api/v1/runs/:id/artifacts/file", async (request, reply) => {
    const run = await findRun(platform, request.params);
    const { attempt, name } = readRequest(artifactQuerySchema, request.query, "query");
    const list = await listArtifacts(platform, run, attempt);
    const artifact = list.artifacts.find((it) => it.name === name);
    if (artifact === undefined) {
      throw new ServerError(
        "OUTPUT_NOT_THERE",
        `attempt ${list.attempt} of run ${run.id} has left no file "${name}"`,
        { details: { id: run.id, attempt: list.attempt, name } },
      );
    }
    const path = `${RECORD_FORM.directory(run, { number: list.attempt })}/${ARTIFACTS}${name}`;
    const bytes = await bytesFor(request, () => platform.records.read(path));
    return reply
      .headers({
        "content-security-policy": "sandbox",
        "content-disposition": disposition("attachment", name),
        "content-length": artifact.size,
        etag: `"${artifact.sha256}"`,
      })
      .type("application/octet-stream")
      .send(bytes);
  });
}

/** What an attempt left, without the directory that all have in common. */
async function listArtifacts(
  { driver }: Platform,
  run: StoredRun,
  wanted: number | undefined,
): Promise<ArtifactList> {
  const over = (await listAttempts(driver, run.id)).filter(({ status }) => isFinal(status));
  const attempt = over.findLast(({ number }) => wanted === undefined || number === wanted);
  if (attempt === undefined) {
    const which = wanted === undefined ? "no attempt" : `no attempt ${wanted}`;
    throw new ServerError("OUTPUT_NOT_THERE", `run ${run.id} has ${which} that is over`, {
      details: { id: run.id, status: run.status },
    });
  }
  const files = await recordFiles(driver, attempt.id);
  return {
    attempt: attempt.number,
    artifacts: files
      .filter(({ name }) => name.startsWith(ARTIFACTS))
      .map((file) => ({ ...file, name: file.name.slice(ARTIFACTS.length) })),
  };
}
