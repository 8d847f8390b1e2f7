import { beforeAll, describe, expect, it } from "vitest";
import {
  cancelRun,
  completeAttempt,
  expireLeases,
  expireQueue,
  getRun,
  latestSucceeded,
  listAttempts,
  listRuns,
} from "../src/index.ts";
import { at, type Core, ending, failureOf, newId, SETTINGS } from "./core.ts";

/** What the settings of a run, its priority, and what it is found by have to do. */
export function settingsContract(core: Core): void {
  const { submit, claim, claimOne, story } = core;
  const withTimeout = { ...SETTINGS, timeouts: { ...SETTINGS.timeouts, queue_ms: 10_000 } };
  const withRetries = {
    ...SETTINGS,
    retry: {
      ...SETTINGS.retry,
      user: {
        retries: 2,
        backoff: { kind: "exponential" as const, base_ms: 10_000, factor: 3, max_ms: 20_000 },
      },
      never_retry: ["SyntaxError"],
    },
  };
  const cellFailed = (ename: string): object => ({ code: "CELL_FAILED", ename });

  describe("settings", () => {
    beforeAll(async () => {
      // What other tests have left waiting is in nobody's way.
      for (const attempt of await claim(999, 100))
        await completeAttempt(core.driver, held(attempt), ending(999, "failed", cellFailed("E")));
    });

    it("end a run that no runner had in time, and no other", async () => {
      const runId = await submit(1000, { settings: { ...withTimeout, retry: withRetries.retry } });
      const patient = await submit(1000);
      expect(await expireQueue(core.driver, { ...ending(1009, "timed_out"), newId })).toBe(0);
      expect(await expireQueue(core.driver, { ...ending(1010, "timed_out"), newId })).toBe(1);
      expect(await story(runId)).toBe("queued1 timed_out1");
      expect(await getRun(core.driver, runId)).toMatchObject({ finishedAt: at(1010) });
      expect(await listAttempts(core.driver, runId)).toMatchObject([{ exitClass: "timeout" }]);
      const claimed = await claim(1011, 5);
      expect(claimed.map((it) => it.runId)).toEqual([patient]);
      await completeAttempt(core.driver, held(claimed[0]), ending(1012, "failed", cellFailed("E")));
    });

    it("give a runner nothing that is past its time, though nobody has ended it yet", async () => {
      await submit(1050, { settings: withTimeout });
      expect(await claim(1061)).toEqual([]);
      await expireQueue(core.driver, { ...ending(1061, "timed_out"), newId });
    });

    it("try a failure of a class again, later each time, and keep every attempt", async () => {
      const runId = await submit(1100, { settings: withRetries });
      const fail = async (seconds: number): Promise<unknown> =>
        completeAttempt(
          core.driver,
          await claimOne(seconds),
          ending(seconds, "failed", cellFailed("ValueError")),
        );
      await fail(1100);
      expect(await getRun(core.driver, runId)).toMatchObject({
        status: "queued",
        attempt: 2,
        notBefore: at(1110),
        failure: null,
      });
      expect(await claim(1109)).toEqual([]);
      await fail(1110);
      expect(await getRun(core.driver, runId)).toMatchObject({ notBefore: at(1130) });
      await fail(1130);
      expect(await getRun(core.driver, runId)).toMatchObject({ status: "failed", notBefore: null });
      expect(await story(runId)).toBe("queued1 starting1 queued2 starting2 queued3 starting3 failed3");
      const attempts = await listAttempts(core.driver, runId);
      expect(attempts.map((it) => `${it.number} ${it.status} ${it.exitClass}`)).toEqual([
        "1 failed user",
        "2 failed user",
        "3 failed user",
      ]);
    });

    it("count the classes apart, and try nothing again that is final", async () => {
      const mixed = await submit(1200, { settings: withRetries });
      await claimOne(1200);
      await expireLeases(core.driver, { ...ending(1231, "lost"), newId, failureOf });
      await completeAttempt(core.driver, await claimOne(1232), ending(1232, "failed", cellFailed("E")));
      expect(await getRun(core.driver, mixed)).toMatchObject({ status: "queued", notBefore: at(1242) });
      await completeAttempt(
        core.driver,
        await claimOne(1242),
        ending(1242, "failed", { code: "KERNEL_DIED" }),
      );
      expect(await getRun(core.driver, mixed)).toMatchObject({ status: "failed" });

      const final = await submit(1250, { settings: withRetries });
      await completeAttempt(
        core.driver,
        await claimOne(1250),
        ending(1250, "failed", cellFailed("SyntaxError")),
      );
      expect(await getRun(core.driver, final)).toMatchObject({ status: "failed", attempt: 1 });
    });

    it("let a run be cancelled while it waits for its next attempt", async () => {
      const runId = await submit(1300, { settings: withRetries });
      await completeAttempt(core.driver, await claimOne(1300), ending(1300, "failed", cellFailed("E")));
      const cancelled = await cancelRun(core.driver, runId, ending(1301, "cancelled"));
      expect(cancelled).toMatchObject({ status: "cancelled", notBefore: null });
      expect(await claim(1400)).toEqual([]);
    });
  });

  it("gives runs of a higher priority first, in every attempt", async () => {
    const low = await submit(1500, { priority: -1 });
    const high = await submit(1501, { priority: 5 });
    const first = await claimOne(1502);
    expect(first.runId).toBe(high);
    await completeAttempt(core.driver, first, ending(1502, "lost"));
    const again = await claimOne(1504);
    expect(again.runId).toBe(high);
    await completeAttempt(core.driver, again, ending(1505, "failed", cellFailed("E")));
    const last = await claimOne(1506);
    expect(last.runId).toBe(low);
    await completeAttempt(core.driver, last, ending(1507, "failed", cellFailed("E")));
  });

  it("finds runs by tag, notebook, owner and time, page by page", async () => {
    const found: string[] = [];
    for (const seconds of [1600, 1601, 1602])
      found.unshift(await submit(seconds, { path: "/shared/n.ipynb", owner: "bob", tags: ["a", "b", "a"] }));
    await submit(1603, { tags: ["b"] });
    const ids = async (wanted: object): Promise<readonly string[]> =>
      (await listRuns(core.driver, { limit: 10, ...wanted })).map(({ id }) => id);
    expect(await ids({ tag: "a" })).toEqual(found);
    expect(await ids({ tag: "a", before: found[0] })).toEqual(found.slice(1));
    expect(await ids({ tag: "a", firstId: found[1] })).toEqual(found.slice(0, 2));
    expect(await ids({ path: "/shared/n.ipynb" })).toEqual(found);
    expect(await ids({ owner: "bob", limit: 2 })).toEqual(found.slice(0, 2));
    expect(await ids({ owner: "bob", since: at(1601) })).toEqual(found.slice(0, 2));
    expect(await ids({ tag: "a", owner: "ann" })).toEqual([]);
    expect(await ids({ tag: "b", status: "queued", limit: 2 })).toHaveLength(2);
  });

  it("finds the last run of a notebook that succeeded", async () => {
    const path = "/shared/latest.ipynb";
    expect(await latestSucceeded(core.driver, path)).toBeNull();
    const runs = [await submit(1700, { path, priority: 9 }), await submit(1701, { path, priority: 9 })];
    const attempts = await claim(1702, 2);
    await core.driver.query("update attempt set status = 'running' where id = any ($1::uuid[])", [
      attempts.map(({ id }) => id),
    ]);
    // The older one ends last.
    for (const [index, attempt] of attempts.toReversed().entries())
      await completeAttempt(core.driver, held(attempt), ending(1703 + index));
    expect(await latestSucceeded(core.driver, path)).toMatchObject({ id: runs[0] });
  });
}

function held(attempt: { readonly id: string; readonly fence: number } | undefined): {
  attemptId: string;
  fence: number;
} {
  return { attemptId: attempt?.id ?? "", fence: attempt?.fence ?? 0 };
}
