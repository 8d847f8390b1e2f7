import type { Orders } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import { isPassing, waitMs } from "./until-answered.ts";

/** What {@link followOrders} does with what the server wants. Nothing of it throws. */
export interface OrderTaker {
  /** Attempts that are being stopped, and executions that have begun: the server need not say it again. */
  readonly known: () => { readonly stopping: readonly string[]; readonly executing: readonly string[] };
  cancel(attemptId: string): void;
  sendNotebook(attemptId: string): Promise<void>;
  execute(execution: Orders["executions"][number]): void;
  interrupt(executionId: string): void;
  endKernel(attemptId: string): void;
}

/** How long a question waits at the server, in milliseconds. */
const WAIT_MS = 20_000;

/**
 * Asks the server again and again what there is to do beside attempts, until `stop`
 * aborts. This is how a server reaches a runner, which it cannot call.
 */
export async function followOrders(
  client: Pick<RunnerClient, "getOrders">,
  runnerId: string,
  taker: OrderTaker,
  stop: AbortSignal,
): Promise<void> {
  for (let tries = 0; !stop.aborted;) {
    try {
      const query = { runner_id: runnerId, wait_ms: WAIT_MS };
      const { stopping, executing } = taker.known();
      const orders = await client.getOrders(
        { ...query, stopping: [...stopping], executing: [...executing] },
        { signal: stop },
      );
      tries = 0;
      orders.cancelled.forEach(taker.cancel);
      orders.interrupted.forEach(taker.interrupt);
      orders.executions.forEach(taker.execute);
      const { unwanted = [] } = orders;
      unwanted.forEach(taker.endKernel);
      for (const id of orders.notebooks) await taker.sendNotebook(id);
      // What is asked for until the runner has done it, and it cannot do, is not asked for without a pause.
      if (orders.notebooks.length + orders.interrupted.length + unwanted.length > 0)
        await pause(PAUSE_MS, stop);
    } catch (error) {
      if (stop.aborted) return;
      // A server of an earlier version has no orders; attempts go on without.
      await pause(isPassing(error) ? waitMs(tries) : WAIT_MS, stop);
      tries += 1;
    }
  }
}

const PAUSE_MS = 100;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
