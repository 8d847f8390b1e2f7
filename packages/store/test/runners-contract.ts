import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, coreOf, ending, failureOf, LEASE_MS, newId } from "./core.ts";
import {
  askedWith,
  claimAttempts,
  completeAttempt,
  countAbleRunners,
  type Driver,
  expireLeases,
  forgetRunners,
  listRunners,
  migrate,
  noteRunnerLeft,
  runnerOf,
} from "../src/index.ts";

/** What a driver has to do with runners as such. */
export function runnersContract(name: string, open: () => Promise<Driver>): void {
  describe(name, () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await open();
      await migrate(driver, { now: at(0) });
    });
    afterAll(() => driver.close());

    const core = coreOf(() => driver);
    const runner = () => ({ id: newId(), name: "r", slots: 9, version: "1" });
    const claim = (seconds: number, of: ReturnType<typeof runner>, token?: string) =>
      claimAttempts(driver, {
        runner: of,
        limit: 1,
        now: at(seconds),
        leaseMs: LEASE_MS,
        ...(token === undefined ? {} : { askedWith: token }),
      });

    it("keep the token that they have first asked with, and are found by what they hold", async () => {
      const [one, other, before] = [runner(), runner(), runner()];
      await claim(1, one, "token-a");
      await claim(2, one, "token-b");
      await claim(2, other);
      expect(await askedWith(driver, one.id)).toBe("token-a");
      expect(await askedWith(driver, other.id)).toBe("server");
      expect(await askedWith(driver, newId())).toBeNull();
      // As one is that asked before anybody kept that.
      await claim(2, before);
      await driver.query("update runner set asked_with = null where id = $1", [before.id]);
      expect(await askedWith(driver, before.id)).toBeNull();
      await claim(3, before, "token-b");
      expect(await askedWith(driver, before.id)).toBe("token-b");

      await core.submit(3);
      const [attempt] = await claim(4, one, "token-a");
      const held = { attemptId: attempt?.id ?? "", fence: attempt?.fence ?? 0 };
      expect(await runnerOf(driver, held)).toBe(one.id);
      expect(await runnerOf(driver, { ...held, fence: held.fence + 1 })).toBeNull();
      expect(await completeAttempt(driver, held, ending(5, "failed"))).toMatchObject({ kind: "completed" });
      expect(await runnerOf(driver, held)).toBe(one.id);
    });

    it("are forgotten when they were not heard of for long and nothing waits for them", async () => {
      const [idle, busy, fresh] = [runner(), runner(), runner()];
      await claim(10, idle);
      await core.submit(10);
      expect(await claim(11, busy)).toHaveLength(1);
      await claim(500, fresh);
      const known = async (): Promise<readonly unknown[]> =>
        (
          await driver.query("select id from runner where id = any($1) order by seen_at", [
            [idle.id, busy.id, fresh.id],
          ])
        ).map(({ id }) => id);
      expect(await forgetRunners(driver, { before: at(0), limit: 9 })).toBe(0);
      // Those of the other tests are older.
      await forgetRunners(driver, { before: at(10), limit: 99 });
      expect(await known()).toEqual([idle.id, busy.id, fresh.id]);
      expect(await forgetRunners(driver, { before: at(100), limit: 1 })).toBe(1);
      expect(await forgetRunners(driver, { before: at(100), limit: 99 })).toBe(0);
      expect(await known()).toEqual([busy.id, fresh.id]);

      expect(await expireLeases(driver, { ...ending(600), newId, failureOf })).toBe(1);
      expect(await forgetRunners(driver, { before: at(100), limit: 99 })).toBe(1);
      expect(await known()).toEqual([fresh.id]);
    });

    it("that have said that they end are there no more, until they ask for work again", async () => {
      const [one, other] = [runner(), runner()];
      const there = async (seconds: number): Promise<readonly (readonly [string, Date | null])[]> =>
        (await listRunners(driver, at(seconds)))
          .filter(({ id }) => id === one.id || id === other.id)
          .map(({ id, leftAt }) => [id, leftAt] as const);
      const able = (): Promise<number> => countAbleRunners(driver, { labels: [], runnersSince: at(700) });
      await claim(700, one);
      await claim(701, other);
      const before = await able();
      await noteRunnerLeft(driver, { runnerId: one.id, now: at(702) });
      expect(await there(700)).toEqual([
        [other.id, null],
        [one.id, at(702)],
      ]);
      expect(await able()).toBe(before - 1);
      await claim(703, one);
      expect(await there(700)).toEqual([
        [one.id, null],
        [other.id, null],
      ]);
      expect(await able()).toBe(before);
    });
  });
}
