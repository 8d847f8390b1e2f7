import {
  encodeWireJson,
  executionOutputsSchema,
  fenceQuerySchema,
  keptKernelSchema,
  type Orders,
  type OrdersQuery,
  ordersQuerySchema,
} from "@notemill/api";
import { appendKernelOutputs, noteKernel, noteNotebook, readOrders, recordPlace } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RunnerTies } from "../access/runner-ties.ts";
import type { Platform } from "../platform.ts";
import { livePath } from "../runs/live-notebook.ts";
import { attemptLost } from "./attempt-lost.ts";
import { readFile } from "./read-file.ts";
import { LARGE_BODY } from "./body-limits.ts";
import { readRequest } from "./read-request.ts";

/** How long to wait for a notification before looking anyway, in milliseconds. */
const LOOK_MS = 2000;

/** The routes by which runners hear what there is to do beside attempts, and tell what came of it. */
export function orderRoutes(app: FastifyInstance, platform: Platform, ties: RunnerTies): void {
  const { driver, live, now } = platform;

  app.post("/api/v1/runner/orders", async (request, reply) => {
    const query = readRequest(ordersQuerySchema, request.body, "body");
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    await ties.checkRunner(request, query.runner_id);
    return ordersFor(platform, query, AbortSignal.any([gone.signal, platform.closing]));
  });

  app.put("/api/v1/runner/attempts/:id/notebook", async (request, reply) => {
    const { id } = readRequest(ID, request.params, "id");
    const { fence } = readRequest(fenceQuerySchema, request.query, "query");
    await ties.checkAttempt(request, { attemptId: id, fence });
    // Before a byte is taken: what is there is the notebook of whoever has the attempt.
    if ((await recordPlace(driver, { attemptId: id, fence })) === null) throw attemptLost(id);
    await live.write(livePath(id), readFile(request));
    if (!(await noteNotebook(driver, { attemptId: id, fence }))) {
      await live.delete(livePath(id));
      throw attemptLost(id);
    }
    return reply.status(204).send();
  });

  app.post("/api/v1/runner/executions/:id/outputs", LARGE_BODY, async (request, reply) => {
    const { id } = readRequest(ID, request.params, "id");
    const {
      runner_id: runnerId,
      first,
      outputs,
      result,
    } = readRequest(executionOutputsSchema, request.body, "body");
    await ties.checkRunner(request, runnerId);
    await appendKernelOutputs(driver, {
      id,
      runnerId,
      first,
      outputs: outputs.map(({ data }) => data.text),
      result: result === null ? null : encodeWireJson(result),
      now: now(),
    });
    return reply.status(204).send();
  });

  app.put("/api/v1/runner/attempts/:id/kernel", async (request, reply) => {
    const { id } = readRequest(ID, request.params, "id");
    const { runner_id: runnerId, kernel_until: until } = readRequest(keptKernelSchema, request.body, "body");
    await ties.checkRunner(request, runnerId);
    await noteKernel(driver, { attemptId: id, runnerId, until: until === null ? null : new Date(until) });
    return reply.status(204).send();
  });
}

const ID = z.object({ id: z.uuid() });

async function ordersFor(
  { driver, wakeups, now, longestWaitMs }: Platform,
  query: OrdersQuery,
  stop: AbortSignal,
): Promise<Orders> {
  const { runner_id: runnerId, stopping, executing } = query;
  const until = now().getTime() + Math.min(query.wait_ms, longestWaitMs);
  for (;;) {
    const found = await readOrders(driver, { runnerId, stopping, executing });
    const leftMs = until - now().getTime();
    const isSome = Object.values(found).some((list: readonly unknown[]) => list.length > 0);
    if (isSome || leftMs <= 0 || stop.aborted) {
      return {
        cancelled: [...found.cancelled],
        notebooks: [...found.notebooks],
        executions: found.executions.map((it) => ({ id: it.id, attempt_id: it.attemptId, code: it.code })),
        interrupted: [...found.interrupted],
        unwanted: [...found.unwanted],
      };
    }
    await wakeups.untilOrders(runnerId, Math.min(leftMs, LOOK_MS), stop);
  }
}
