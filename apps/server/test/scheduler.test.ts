import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_SETTINGS } from "@notemill/api";
import { createTrigger, getTrigger, listSlots, openPglite } from "@notemill/store";
import { v7 } from "uuid";
import { expect, it } from "vitest";
import { placeEmptyDatabase } from "../../../tests/support/empty-database.ts";
import type { Platform } from "../src/platform.ts";
import { startScheduling } from "../src/schedules/scheduler.ts";

const MINUTE = 60_000;

it("fires those that can be fired together, though one cannot for a while", async () => {
  const directory = await mkdtemp(join(tmpdir(), "notemill-scheduler-"));
  await placeEmptyDatabase(join(directory, "db"));
  await using driver = await openPglite(join(directory, "db"));
  let at = Date.parse("2026-11-01T10:00:00.000Z");
  const now = (): Date => new Date(at);
  await driver.query("insert into source (hash, path, owner, created_at) values ('s', '/a', 'ann', $1)", [
    now(),
  ]);
  // Whatever it is that the database does not take.
  await driver.query("alter table run add constraint takes_no_bad_ones check (path <> '/bad')");
  const schedule = (name: string) =>
    createTrigger(driver, {
      id: v7(),
      owner: "ann",
      name,
      path: `/${name}`,
      workflowId: null,
      kernelName: null,
      parameters: "{}",
      files: [],
      settings: DEFAULT_SETTINGS,
      priority: 0,
      tags: [],
      spec: { kind: "interval", everyMs: MINUTE, anchor: at },
      catchUp: { kind: "latest" },
      concurrency: { kind: "parallel", limit: 100 },
      maxJitterMs: 0,
      graceMs: MINUTE,
      sourceHash: "s",
      now: now(),
    });
  const triggers = [await schedule("one"), await schedule("bad"), await schedule("other")];

  const said: string[] = [];
  let passed = Promise.withResolvers<unknown>();
  let next = Promise.withResolvers<void>();
  const platform = {
    driver,
    now,
    newId: () => v7(),
    maxParameterBytes: 2 ** 20,
    closing: new AbortController().signal,
    report: (what: string) => said.push(what),
    log: { info: (_facts: object, what: string) => said.push(what) },
    metrics: { slotFired: () => undefined },
    wakeups: {
      untilTriggerDue: (_ms: number, signal: AbortSignal) => {
        signal.addEventListener("abort", () => next.resolve());
        passed.resolve(null);
        return next.promise;
      },
    },
  };
  await using _scheduling = startScheduling(platform as unknown as Platform);
  await passed.promise;
  const passes: string[][] = [];
  for (let pass = 0; pass < 4; pass += 1) {
    if (pass === 3) {
      const stalled = await getTrigger(driver, triggers[1]?.id ?? "");
      expect(stalled?.stall).toMatchObject({ code: "STORE_QUERY_FAILED", tries: 3 });
      expect(Number(stalled?.nextFireAt) - at).toBe(1000);
      await driver.query("alter table run drop constraint takes_no_bad_ones");
    }
    said.length = 0;
    at += MINUTE;
    passed = Promise.withResolvers();
    const { resolve } = next;
    next = Promise.withResolvers();
    resolve();
    await passed.promise;
    passes.push(said.toSorted());
  }
  const bad = 'schedule "bad" could not be fired, which is tried again';
  const fired = ["slot fired", "slot fired"];
  expect(passes).toEqual([
    [bad, "schedules are fired one by one", ...fired].toSorted(),
    fired,
    fired,
    // What is still on time, of four slots.
    ["a schedule could be fired again", ...fired, ...fired, "slots were left out"],
  ]);
  const slots = await Promise.all(triggers.map((it) => listSlots(driver, it?.id ?? "", { limit: 10 })));
  expect(slots.map(({ length }) => length)).toEqual([4, 2, 4]);
  expect(await getTrigger(driver, triggers[1]?.id ?? "")).toMatchObject({ stall: null });
  await rm(directory, { recursive: true, force: true });
});
