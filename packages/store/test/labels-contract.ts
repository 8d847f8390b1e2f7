import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, coreOf, ending, newId, SETTINGS } from "./core.ts";
import { claimAttempts, completeAttempt, type Driver, migrate, strandedNeeds } from "../src/index.ts";

/** What labels of runners have to do. */
export function labelsContract(name: string, open: () => Promise<Driver>): void {
  describe(name, () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await open();
      await migrate(driver, { now: at(0) });
    });
    afterAll(() => driver.close());

    const core = coreOf(() => driver);
    const runnerOf = (...labels: readonly string[]) => ({
      id: newId(),
      name: "r",
      slots: 99,
      version: "1",
      labels,
    });
    const plain = runnerOf();
    const gpu = runnerOf("gpu");
    const both = runnerOf("region=eu", "gpu", "large");
    const submit = (seconds: number, labels: string[], priority = 0): Promise<string> =>
      core.submit(seconds, { priority, settings: { ...SETTINGS, labels } });
    const claim = (seconds: number, runner: typeof plain, limit = 99) =>
      claimAttempts(driver, { runner, limit, now: at(seconds), leaseMs: 30_000 });
    const claimed = async (...asked: Parameters<typeof claim>): Promise<readonly string[]> =>
      (await claim(...asked)).map(({ runId }) => runId);
    const stranded = (seconds: number): Promise<readonly string[]> =>
      strandedNeeds(driver, { runnersSince: at(seconds) });

    it("give a run to runners that have all of them, and say what no runner has", async () => {
      const needsBoth = await submit(1, ["region=eu", "gpu", "gpu"], 9);
      const needsGpu = await submit(2, ["gpu"]);
      const needsNone = await submit(3, []);
      expect(await stranded(0)).toEqual(["", "gpu", "gpu region=eu"]);
      expect(await claimed(4, plain)).toEqual([needsNone]);
      expect(await claimed(4, plain)).toEqual([]);
      expect(await stranded(4)).toEqual(["gpu", "gpu region=eu"]);
      expect(await claimed(5, gpu)).toEqual([needsGpu]);
      expect(await stranded(4)).toEqual(["gpu region=eu"]);
      const [held] = await claim(6, both);
      expect(held?.runId).toBe(needsBoth);
      expect(await stranded(4)).toEqual([]);
      // One that is tried again needs the same.
      await completeAttempt(
        driver,
        { attemptId: held?.id ?? "", fence: held?.fence ?? 0 },
        ending(7, "lost"),
      );
      expect(await claimed(60, gpu)).toEqual([]);
      expect(await stranded(60)).toEqual(["gpu region=eu"]);
      expect(await claimed(60, both)).toEqual([needsBoth]);
    });

    it("leave the order as it is: the highest priority first, then the oldest, whatever they need", async () => {
      const last = await submit(100, []);
      const second = await submit(101, ["gpu", "region=eu"], 3);
      const first = await submit(102, ["gpu"], 5);
      const third = await submit(103, [], 1);
      expect(await claimed(104, both, 2)).toEqual([first, second]);
      expect(await claimed(104, both, 1)).toEqual([third]);
      expect(await claimed(104, both)).toEqual([last]);
    });

    it("give each run to one of those that ask at once", async () => {
      const runIds: string[] = [];
      for (let index = 0; index < 40; index += 1)
        runIds.push(await submit(200, index % 2 === 0 ? ["gpu"] : []));
      const answers = await Promise.all([both, gpu, both, gpu].map((runner) => claimed(201, runner, 10)));
      const rest = await claimed(202, both);
      expect([...answers.flat(), ...rest].toSorted()).toEqual(runIds);
    });
  });
}
