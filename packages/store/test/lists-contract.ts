import { expect, it } from "vitest";
import {
  completeAttempt,
  type Driver,
  expireLeases,
  finishSweep,
  type ListRunsOptions,
  listRuns,
  submitSweep,
} from "../src/index.ts";
import { at, coreOf, ending, failureOf, newId, newRun, SETTINGS } from "./core.ts";

/** What lists of runs do in which a sweep is one row, on a driver, whichever it is. */
export function listsContract(driver: () => Driver): void {
  const core = coreOf(driver);
  const path = "/shared/listed.ipynb";

  /** Starts a sweep of as many children, all of which wait. */
  async function sweep(seconds: number, count: number): Promise<string> {
    const { run } = await submitSweep(driver(), {
      run: newRun(seconds, { path, tags: ["listed"] }),
      concurrency: count,
      stopOnFailure: false,
      childSettings: SETTINGS,
      children: Array.from({ length: count }, () => ({
        runId: newId(),
        attemptId: newId(),
        parameters: "{}",
      })),
    });
    return run.id;
  }
  async function endNext(seconds: number, outcome: "succeeded" | "failed" | "timed_out"): Promise<void> {
    const held = await core.claimOne(seconds);
    await core.begin(held, seconds);
    await completeAttempt(driver(), held, ending(seconds, outcome));
  }
  const ids = async (wanted: Partial<ListRunsOptions>): Promise<readonly string[]> =>
    (await listRuns(driver(), { limit: 100, path, hasChildren: false, ...wanted })).map(({ id }) => id);

  it("lists a sweep as one run, by whatever runs are found, and its children where they are wanted", async () => {
    const before = newRun(2000).id;
    const first = await core.submit(2000, { path, tags: ["listed"], priority: 50 });
    const parent = await sweep(2001, 5);
    const last = await core.submit(2002, { path, tags: ["listed"], owner: "bob" });
    expect(await ids({})).toEqual([last, parent, first]);
    expect(await ids({ hasChildren: true })).toHaveLength(8);
    expect(await ids({ hasChildren: undefined, sweepId: parent })).toHaveLength(5);
    expect(await ids({ tag: "listed" })).toEqual([last, parent, first]);
    expect(await ids({ tag: "listed", hasChildren: true })).toHaveLength(8);
    expect(await ids({ tag: "listed", limit: 2 })).toEqual([last, parent]);
    expect(await ids({ tag: "listed", before: last, limit: 1 })).toEqual([parent]);
    expect(await ids({ before: parent })).toEqual([first]);
    expect(await ids({ owner: "ann", since: at(2001), firstId: before })).toEqual([parent]);
    expect(await ids({ status: "running" })).toEqual([parent]);
    expect(await ids({ status: "queued" })).toEqual([last, first]);
    expect(await listRuns(driver(), { limit: 2, path, hasChildren: false })).toMatchObject([
      { id: last, children: null },
      { id: parent, children: { total: 5, counts: { succeeded: 0, failed: 0 } } },
    ]);

    // The one that was asked for first has the highest priority.
    await endNext(2003, "succeeded");
    await endNext(2004, "succeeded");
    await endNext(2005, "failed");
    await endNext(2006, "failed");
    const failed = { status: "failed", limit: 10 } as const;
    expect(await ids(failed), "a failed child of a sweep that goes on").toEqual([parent]);
    expect(await ids({ ...failed, tag: "listed" })).toEqual([parent]);
    expect(await ids({ ...failed, tag: "other" })).toEqual([]);
    expect(await ids({ ...failed, owner: "bob" })).toEqual([]);
    expect(await ids({ ...failed, since: at(2002) })).toEqual([]);
    expect(await ids({ ...failed, before: parent })).toEqual([]);
    expect(await ids({ ...failed, firstId: last })).toEqual([]);
    expect(await ids({ ...failed, hasChildren: true })).toHaveLength(2);
    expect(await ids({ status: "timed_out" })).toEqual([]);
    expect(await ids({ status: "succeeded" })).toEqual([first]);

    await endNext(2007, "timed_out");
    await core.claimOne(2008);
    // Its runner is lost twice, which is the most.
    await expireLeases(driver(), { ...ending(2100), newId, failureOf });
    await core.claim(2200, 2);
    await expireLeases(driver(), { ...ending(2300), newId, failureOf });
    expect(await ids({ status: "timed_out" })).toEqual([parent]);
    expect(await ids({ status: "lost" })).toEqual([parent]);
    await finishSweep(driver(), parent, { ...ending(2301, "failed"), files: [] });
    expect(await ids(failed), "once, though it has failed itself too").toEqual([parent]);
    const [listed] = await listRuns(driver(), { limit: 1, path, status: "failed", hasChildren: false });
    expect(listed?.children).toEqual({
      total: 5,
      counts: { succeeded: 1, failed: 2, timed_out: 1, lost: 1, cancelled: 0 },
    });
  });

  it("gives pages of both kinds in one order, none lost and none twice", async () => {
    const expected: string[] = [];
    for (let seconds = 3000; seconds < 3008; seconds += 2) {
      const parent = await sweep(seconds, 1);
      const single = await core.submit(seconds + 1, { path, tags: ["mixed"] });
      expected.unshift(single, parent);
    }
    for (const { id, fence } of await core.claim(3100, 100)) {
      const held = { attemptId: id, fence };
      await core.begin(held, 3100);
      await completeAttempt(driver(), held, ending(3100, "failed"));
    }
    const found: string[] = [];
    for (let before: string | undefined; ; before = found.at(-1)) {
      const page = await ids({ status: "failed", since: at(3000), before, limit: 3 });
      if (page.length === 0) break;
      found.push(...page);
    }
    expect(found).toEqual(expected);
  });
}
