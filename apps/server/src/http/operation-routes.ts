import { askStatusSchema } from "@notemill/api";
import { NOTEMILL_VERSION } from "@notemill/executor";
import { strandedNeeds } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { serverStatus } from "../operations/server-status.ts";
import { backUp } from "../operations/upkeep.ts";
import { Late, within } from "../operations/within.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

/** How long a store or database may take to count as usable, in milliseconds. */
const READY_MS = 2000;

/** The routes of those who keep the server running. */
export function operationRoutes(app: FastifyInstance, platform: Platform): void {
  const { instance, driver, records, draining, metrics, now, runnerSilenceMs } = platform;
  const facts = (): object => ({ version: NOTEMILL_VERSION, instance, time: now().toISOString() });

  // Whether the process lives. Nothing is asked, so that trouble elsewhere gets nobody killed.
  app.get("/api/v1/health", () => ({ status: "ok", ...facts() }));

  // Whether new work should come here.
  app.get("/api/v1/ready", async () => {
    if (draining.aborted) throw notReady("it is about to end");
    const runnersSince = new Date(now().getTime() - runnerSilenceMs);
    const asked = strandedNeeds(driver, { runnersSince });
    await usable(asked, "the database");
    await usable(records.list("", { limit: 1 }), "the store of records");
    const stranded = await asked;
    return { status: "ready", ...facts(), stranded: stranded.length };
  });

  app.get("/api/v1/status", (request) => {
    const { path } = readRequest(askStatusSchema, request.query, "query");
    return serverStatus(platform, path?.replace(/^~\//, `/home/${platform.user}/`) ?? null);
  });

  app.post("/api/v1/backups", async (_request, reply) => {
    const name = await backUp(platform, platform.backups);
    return reply.status(201).send({ name });
  });

  app.get("/metrics", async (_request, reply) => {
    const { type, text } = await metrics.text();
    return reply.type(type).serializer(String).send(text);
  });
}

async function usable(answer: Promise<unknown>, what: string): Promise<void> {
  try {
    await within(answer, READY_MS);
  } catch (error) {
    if (error instanceof Late) throw notReady(`${what} does not answer`);
    throw notReady(`${what} cannot be used`, error);
  }
}

function notReady(why: string, cause?: unknown): ServerError {
  return new ServerError("NOT_READY", `the server takes nothing new: ${why}`, { cause });
}
