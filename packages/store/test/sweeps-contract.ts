import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cancelRun,
  childrenToCancel,
  completeAttempt,
  countChildren,
  type Driver,
  expireLeases,
  finishSweep,
  getRun,
  getSweep,
  listChildren,
  listRecords,
  listRuns,
  migrate,
  noteMetrics,
  repeatedBy,
  submitSweep,
  sweepsUnderWay,
  unmeasuredChildren,
} from "../src/index.ts";
import { at, coreOf, ending, failureOf, newId, newRun, SETTINGS } from "./core.ts";
import { listsContract } from "./lists-contract.ts";

/** What sweeps do on a driver, whichever it is. */
export function sweepsContract(name: string, open: () => Promise<Driver>): void {
  describe(name, () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await open();
      await migrate(driver, { now: at(0) });
    });
    afterAll(() => driver.close());

    const core = coreOf(() => driver);
    async function sweep(
      seconds: number,
      count: number,
      more: { concurrency?: number; stopOnFailure?: boolean; key?: string } = {},
    ): Promise<string> {
      const submitted = await submitSweep(driver, {
        run: newRun(seconds, { idempotencyKey: more.key ?? null }),
        concurrency: more.concurrency ?? 2,
        stopOnFailure: more.stopOnFailure ?? false,
        childSettings: SETTINGS,
        children: Array.from({ length: count }, (_, index) => ({
          runId: newId(),
          attemptId: newId(),
          parameters: `{"x": ${index}.0}`,
        })),
      });
      return submitted.run.id;
    }
    const children = async (id: string, after = -1, limit = 100): Promise<string> =>
      (await listChildren(driver, id, { after, limit }))
        .map(({ index, status, parameters }) => `${index} ${status ?? "-"} ${parameters}`)
        .join("; ");
    const endNext = async (seconds: number, outcome: "succeeded" | "failed"): Promise<void> => {
      const held = await core.claimOne(seconds);
      await core.begin(held, seconds);
      await completeAttempt(driver, held, ending(seconds, outcome));
    };

    it("has as many children under way as it may, in order, and ends when all are over", async () => {
      const id = await sweep(1, 3);
      expect(await children(id)).toBe('0 queued {"x": 0.0}; 1 queued {"x": 1.0}; 2 - {"x": 2.0}');
      expect(await getRun(driver, id)).toMatchObject({ status: "running", isSweep: true });
      await endNext(2, "succeeded");
      expect(await children(id)).toBe('0 succeeded {"x": 0.0}; 1 queued {"x": 1.0}; 2 queued {"x": 2.0}');
      expect(await children(id, 0, 1)).toBe('1 queued {"x": 1.0}');
      await endNext(3, "failed");
      expect(await finishSweep(driver, id, { ...ending(3), files: [] })).toBeNull();
      await endNext(4, "succeeded");
      expect(await getSweep(driver, id)).toMatchObject({ openCount: 0, doneCount: 3, childrenOverAt: at(4) });
      expect(await countChildren(driver, id)).toEqual({ succeeded: 2, failed: 1 });
      expect(await listRuns(driver, { sweepId: id, limit: 10 })).toHaveLength(3);
      const files = [{ name: "metrics.csv", sha256: "a", size: 1 }];
      const failed = { ...ending(5, "failed", { code: "SWEEP_RUNS_FAILED" }), files };
      expect(await finishSweep(driver, id, failed)).toMatchObject({ status: "failed" });
      expect(await finishSweep(driver, id, failed)).toBeNull();
      expect(await core.story(id)).toBe(
        "queued1 starting1 running1 sweep-child-finished sweep-child-finished sweep-child-finished failed1",
      );
      expect(await listRecords(driver, { after: 0, limit: 9, runId: id })).toHaveLength(1);
      expect(await core.claim(6)).toEqual([]);
    });

    it("tries a child again by the policy of the sweep, and counts it once", async () => {
      const id = await sweep(100, 1);
      await core.claimOne(101);
      expect(await expireLeases(driver, { ...ending(140), newId, failureOf })).toBe(1);
      expect(await getSweep(driver, id)).toMatchObject({ openCount: 1, doneCount: 0 });
      await endNext(150, "succeeded");
      expect(await getSweep(driver, id)).toMatchObject({ openCount: 0, doneCount: 1 });
      // Nobody has heard of the parent's runner, as it has none: it is not lost.
      expect(await expireLeases(driver, { ...ending(9000), newId, failureOf })).toBe(0);
      await finishSweep(driver, id, { ...ending(151), files: [] });
    });

    it("starts no other child after a failure where it is to stop, and says which are to be cancelled", async () => {
      const id = await sweep(200, 4, { stopOnFailure: true });
      await endNext(201, "failed");
      const [other] = await childrenToCancel(driver, id);
      expect(await children(id)).toMatch(/^0 failed .*; 1 queued .*; 2 - .*; 3 - /);
      await cancelRun(driver, other ?? "", ending(202, "cancelled"));
      expect(await childrenToCancel(driver, id)).toEqual([]);
      expect(await getSweep(driver, id)).toMatchObject({ openCount: 0, stoppedAt: at(201) });
      await finishSweep(driver, id, { ...ending(203, "failed"), files: [] });
    });

    it("starts no other child once it is cancelled, and is then over", async () => {
      const id = await sweep(300, 3);
      expect(await cancelRun(driver, id, ending(301, "cancelled"))).toMatchObject({ status: "running" });
      const toCancel = await childrenToCancel(driver, id);
      expect(toCancel).toHaveLength(2);
      for (const child of toCancel) await cancelRun(driver, child, ending(302, "cancelled"));
      expect(await children(id)).toMatch(/^0 cancelled .*; 1 cancelled .*; 2 - /);
      expect(await sweepsUnderWay(driver, { after: null, limit: 10 })).toEqual([id]);
      expect(await finishSweep(driver, id, { ...ending(303, "cancelled"), files: [] })).toMatchObject({
        status: "cancelled",
      });
      expect(await sweepsUnderWay(driver, { after: null, limit: 10 })).toEqual([]);
    });

    it("takes over what an earlier one made, and remembers what was measured", async () => {
      const id = await sweep(400, 1);
      await endNext(401, "succeeded");
      const [child] = await unmeasuredChildren(driver, id, 10);
      await noteMetrics(driver, {
        sweepId: id,
        index: child?.index ?? -1,
        metrics: '{"loss": NaN}',
        seconds: 1.5,
      });
      expect(await unmeasuredChildren(driver, id, 10)).toEqual([]);
      await finishSweep(driver, id, { ...ending(402), files: [] });

      const kept = { metrics: '{"loss": NaN}', seconds: 1.5 };
      const again = newRun(403, { rerunOf: id });
      await submitSweep(driver, {
        run: again,
        concurrency: 5,
        stopOnFailure: false,
        childSettings: SETTINGS,
        children: [
          { runId: child?.runId ?? "", attemptId: newId(), parameters: "{}", kept },
          { runId: newId(), attemptId: newId(), parameters: '{"x": 9}' },
        ],
      });
      expect(await listChildren(driver, again.id, { after: -1, limit: 1 })).toMatchObject([
        { runId: child?.runId, status: "succeeded", isKept: true, ...kept },
      ]);
      expect(await getSweep(driver, again.id)).toMatchObject({ total: 2, openCount: 1, doneCount: 1 });
      await endNext(404, "succeeded");
      expect(await getSweep(driver, again.id)).toMatchObject({ openCount: 0, doneCount: 2 });
      expect(await repeatedBy(driver, id)).toMatchObject({ id: again.id });
      expect(await repeatedBy(driver, again.id)).toBeNull();
      await finishSweep(driver, again.id, { ...ending(405), files: [] });
    });

    it("starts once for one key, and is nobody's to complete", async () => {
      const first = await sweep(500, 1, { key: "k" });
      expect(await sweep(500, 1, { key: "k" })).toBe(first);
      const [attempt] = await driver.query("select id from attempt where run_id = $1", [first]);
      const forged = { attemptId: String(attempt?.["id"]), fence: 0 };
      expect(await completeAttempt(driver, forged, ending(501))).toEqual({ kind: "lost" });
      await endNext(502, "succeeded");
      await finishSweep(driver, first, { ...ending(503), files: [] });
    });

    it("goes on whichever children end at once", async () => {
      const id = await sweep(600, 12, { concurrency: 4 });
      for (let left = 12; left > 0;) {
        const claimed = await core.claim(603, 4);
        await Promise.all(
          claimed.map(async (it) => {
            const held = { attemptId: it.id, fence: it.fence };
            await core.begin(held, 602);
            return completeAttempt(driver, held, ending(602, "failed"));
          }),
        );
        left -= claimed.length;
        const { openCount = -1 } = (await getSweep(driver, id)) ?? {};
        expect(openCount).toBe(Math.min(4, left));
      }
      expect(await getSweep(driver, id)).toMatchObject({ doneCount: 12, childrenOverAt: at(602) });
    });

    listsContract(() => driver);
  });
}
