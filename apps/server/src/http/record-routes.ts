import { Readable } from "node:stream";
import { verifyQuerySchema } from "@notemill/api";
import { latestRecordFiles } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { verifyRecords } from "../records/verify-records.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";
import { findRun } from "./find-run.ts";

/** Name of the output notebook in a record. */
const OUTPUT_NAME = "output.ipynb";

/** Whether a client has this version already. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((it) => it.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}

/** The routes of what remains of runs. */
export function recordRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, records } = platform;

  app.get("/api/v1/runs/:id/notebook", async (request, reply) => {
    const run = await findRun({ driver }, request.params);
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
    if (isKnown(request.headers["if-none-match"], etag)) return reply.status(304).header("etag", etag).send();
    const file = await records.read(
      `${RECORD_FORM.directory(run, { number: latest.attempt })}/${OUTPUT_NAME}`,
    );
    return reply
      .headers({
        // What a notebook holds is never shown as a part of this server.
        "content-security-policy": "sandbox",
        "content-disposition": `attachment; filename="${run.id}.ipynb"`,
        "content-length": output.size,
        etag,
      })
      .type("application/x-ipynb+json")
      .send(Readable.from(file.bytes));
  });

  app.get("/api/v1/records/verification", async (request) => {
    const { run, after, limit } = readRequest(verifyQuerySchema, request.query, "query");
    await manifestsInTime(platform);
    return verifyRecords(driver, records, { after, limit, ...(run === undefined ? {} : { runId: run }) });
  });
}
