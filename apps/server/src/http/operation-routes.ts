import { NOTEMILL_VERSION } from "@notemill/executor";
import { strandedNeeds } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { serverStatus } from "../operations/server-status.ts";
import { backUp } from "../operations/upkeep.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";

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
    const stranded = await within(strandedNeeds(driver, { runnersSince }), "the database");
    await within(records.list("", { limit: 1 }), "the store of records");
    return { status: "ready", ...facts(), stranded: stranded.length };
  });

  app.get("/api/v1/status", () => serverStatus(platform));

  app.post("/api/v1/backups", async (_request, reply) => {
    const name = await backUp(platform, platform.backups);
    return reply.status(201).send({ name });
  });

  app.get("/metrics", async (_request, reply) => {
    const { type, text } = await metrics.text();
    return reply.type(type).serializer(String).send(text);
  });
}

async function within<T>(answer: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(notReady(`${what} does not answer`)), READY_MS);
  try {
    return await Promise.race([answer, late.promise]);
  } catch (error) {
    throw error instanceof ServerError ? error : notReady(`${what} cannot be used`, error);
  } finally {
    clearTimeout(timer);
    // It may still fail, when nobody waits any more.
    answer.catch(() => undefined);
  }
}

function notReady(why: string, cause?: unknown): ServerError {
  return new ServerError("NOT_READY", `the server takes nothing new: ${why}`, { cause });
}
