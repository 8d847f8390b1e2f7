import { Readable } from "node:stream";
import { encodeWireJson, executeCodeSchema, resumeRunSchema } from "@notemill/api";
import { endKernel } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { executeInKernel, findKeptKernel } from "../runs/execute-in-kernel.ts";
import { presentRun } from "../runs/present-run.ts";
import { resume } from "../runs/resume.ts";
import { LARGE_BODY } from "./body-limits.ts";
import { readRequest } from "./read-request.ts";
import { findRun } from "./find-run.ts";
import { serverSentEvent } from "./server-sent-event.ts";

/** The routes of kernels that were kept for failed runs. */
export function kernelRoutes(app: FastifyInstance, platform: Platform): void {
  app.post("/api/v1/runs/:id/kernel/execute", async (request, reply) => {
    const run = await findRun(platform, request.params);
    const { code } = readRequest(executeCodeSchema, request.body, "body");
    const kernel = await findKeptKernel(platform, run);
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    const events = executeInKernel(platform, { runId: run.id, kernel, code, gone: gone.signal });
    return reply
      .header("x-accel-buffering", "no")
      .type("text/event-stream")
      .send(Readable.from(eventTexts(events)));
  });

  app.delete("/api/v1/runs/:id/kernel", async (request, reply) => {
    const run = await findRun(platform, request.params);
    await endKernel(platform.driver, await findKeptKernel(platform, run));
    return reply.status(204).send();
  });

  app.post("/api/v1/runs/:id/resume", LARGE_BODY, async (request, reply) => {
    const run = await findRun(platform, request.params);
    const body = readRequest(resumeRunSchema, request.body ?? {}, "body");
    const next = await resume(platform, run, body);
    return reply.status(201).header("location", `/api/v1/runs/${next.id}`).send(presentRun(next));
  });
}

async function* eventTexts(events: ReturnType<typeof executeInKernel>): AsyncGenerator<string> {
  // Lets the reader know at once that the stream is there.
  yield ":\n\n";
  for await (const event of events) {
    if (event.type === "output") yield serverSentEvent({ event: "output", data: event.output });
    else yield serverSentEvent({ event: "result", data: encodeWireJson(event.result) });
  }
}
