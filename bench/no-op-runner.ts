import { randomUUID } from "node:crypto";
import type { RunnerClient } from "@notemill/client";
import { RawJson } from "@notemill/json";

/** A runner that claims attempts and says of each that it ran and succeeded, without running anything. */
export interface NoOpRunner {
  /** Ends when `signal` aborts; `onClaimed` hears of every run at the moment that its attempt is here. */
  run(signal: AbortSignal, onClaimed: (runIds: readonly string[]) => void): Promise<void>;
}

/** Makes one that completes `slots` attempts at a time. `onCompleted` hears of each. */
export function createNoOpRunner(
  client: RunnerClient,
  slots: number,
  onCompleted: (runId: string) => void = () => undefined,
): NoOpRunner {
  const runner = { id: randomUUID(), name: "no-op", slots, version: "0" };
  const complete = async ({ id, run_id, fence }: Attempt): Promise<void> => {
    const events = [{ kind: "run-started", at: new Date().toISOString(), data: new RawJson("{}") }];
    const ending = { status: "succeeded", failure: null, facts: null, kernel_until: null } as const;
    await client.complete(id, { fence, ...ending, events: { first: 0, events } });
    onCompleted(run_id);
  };
  return {
    async run(signal, onClaimed) {
      const running = new Set<Promise<void>>();
      while (!signal.aborted) {
        const claim = { runner, limit: slots, wait_ms: 20_000, started_by: null };
        const answer = await client.claim(claim, { signal }).catch((error: unknown) => {
          if (signal.aborted) return { attempts: [] };
          throw error;
        });
        onClaimed(answer.attempts.map(({ run_id }) => run_id));
        for (const attempt of answer.attempts) {
          const completion = complete(attempt).finally(() => running.delete(completion));
          running.add(completion);
        }
        while (running.size >= slots / 2) await Promise.race(running);
      }
      await Promise.all(running);
    },
  };
}

type Attempt = Awaited<ReturnType<RunnerClient["claim"]>>["attempts"][number];
