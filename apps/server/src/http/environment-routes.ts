import { environmentInputSchema } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import type { NamedEnvironment } from "@notemill/kernel/environments";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { presentEnvironment, readBuildStates } from "../environments/present-environment.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

const ONE = z.object({ name: z.string().min(1).max(200) });

/** The routes of environments of Python packages. */
export function environmentRoutes(app: FastifyInstance, platform: Platform): void {
  const { environments, now, log, closing } = platform;
  /** Digests of those that are being built. */
  const building = new Set<string>();

  const present = async (found: NamedEnvironment) =>
    presentEnvironment(found, await readBuildStates(environments, building));

  app.get("/api/v1/environments", async () => {
    const states = await readBuildStates(environments, building);
    return { environments: (await environments.list()).map((it) => presentEnvironment(it, states)) };
  });

  app.get("/api/v1/environments/:name", async (request) => {
    const found = await find(platform, request.params);
    return { ...(await present(found)), input: found.input, lock: found.lock.text };
  });

  app.put("/api/v1/environments/:name", async (request) => {
    const { name } = readRequest(ONE, request.params, "id");
    const input = readRequest(environmentInputSchema, request.body, "body");
    const made = await environments.create(name, input, { now: now(), signal: closing });
    log.info({ environment: name, digest: made.lock.digest }, "environment locked");
    return present(made);
  });

  app.post("/api/v1/environments/:name/build", async (request, reply) => {
    const found = await find(platform, request.params);
    void build(found);
    return reply.status(202).send(await present(found));
  });

  app.delete("/api/v1/environments/:name", async (request, reply) => {
    const { name } = await find(platform, request.params);
    await environments.remove(name);
    log.info({ environment: name }, "environment forgotten");
    return reply.status(204).send();
  });

  /** Never rejects: what goes wrong is kept where everybody who asks for the environment finds it. */
  async function build({ name, lock }: NamedEnvironment): Promise<void> {
    if (building.has(lock.digest)) return;
    building.add(lock.digest);
    try {
      await environments.build(lock, closing);
      log.info({ environment: name, digest: lock.digest }, "environment built");
    } catch (error) {
      if (!closing.aborted) platform.report(`the environment "${name}" cannot be built`, error);
    } finally {
      building.delete(lock.digest);
    }
  }
}

/** @throws {@link ServerError} `ENVIRONMENT_NOT_FOUND`. */
async function find({ environments }: Platform, parameters: unknown): Promise<NamedEnvironment> {
  const { name } = readRequest(ONE, parameters, "id");
  try {
    return await environments.get(name);
  } catch (error) {
    if (!isCodedError(error) || !/^ENVIRONMENT_(NOT_FOUND|NAME_INVALID)$/.test(error.code)) throw error;
    throw new ServerError("ENVIRONMENT_NOT_FOUND", `there is no environment "${name}"`, {
      cause: error,
      details: { name },
    });
  }
}
