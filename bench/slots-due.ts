import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { DEFAULT_SETTINGS } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import { createTrigger, type Driver } from "@notemill/store";

/**
 * Makes schedules of one notebook that have one slot each, all at the same instant, in a database that
 * no server has.
 */
export async function fillSchedules(
  driver: Driver,
  { count, at, path }: { readonly count: number; readonly at: Date; readonly path: string },
): Promise<void> {
  await createTrigger(driver, {
    id: randomUUID(),
    owner: userInfo().username,
    name: "report 1",
    path: `/home/${userInfo().username}/${path}`,
    kernelName: null,
    parameters: '{"alpha": 1}',
    files: [],
    settings: DEFAULT_SETTINGS,
    priority: 0,
    tags: [],
    spec: { kind: "once", at: at.getTime() },
    catchUp: { kind: "latest" },
    concurrency: { kind: "sequential" },
    maxJitterMs: 0,
    graceMs: 60_000,
    sourceHash: null,
    now: new Date(at.getTime() - 3_600_000),
  });
  await driver.query(
    `insert into trigger select (jsonb_populate_record(
       trigger, jsonb_build_object('id', gen_random_uuid(), 'name', 'report ' || number)
     )).* from trigger, generate_series(2, $1::int) as number`,
    [count],
  );
}

/** Claims attempts for as long as there are fewer than `count`; gives when the last one came, in milliseconds. */
export async function claimMany(client: RunnerClient, count: number): Promise<number> {
  const runner = { id: randomUUID(), name: "no-op", slots: 200, version: "0" };
  for (let claimed = 0; claimed < count;) {
    const { attempts } = await client.claim({ runner, limit: 200, wait_ms: 20_000, started_by: null });
    claimed += attempts.length;
  }
  return Date.now();
}
