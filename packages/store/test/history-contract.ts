import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, coreOf, newId } from "./core.ts";
import {
  beginFileSave,
  type Driver,
  dropFileSave,
  dropUnusedBlobs,
  endFileSave,
  fileBlobKey,
  getRun,
  getSweep,
  holdHistory,
  importRecord,
  type ImportedRecord,
  type ImportedSweep,
  importSweep,
  linkImportedRun,
  listAttempts,
  listChildren,
  listFileVersions,
  listRecords,
  listRuns,
  migrate,
  newestFileContent,
  type NewEvent,
  type NewFileSave,
  noteDeletedFile,
  noteFoundFile,
  pruneFileHistory,
  pruneOldVersions,
} from "../src/index.ts";

/** What a driver has to do with versions of files and with records that come back. */
export function historyContract(name: string, open: () => Promise<Driver>): void {
  describe(name, () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await open();
      await migrate(driver, { now: at(0) });
    });
    afterAll(() => driver.close());

    const save = (
      path: string,
      sha256: string,
      seconds: number,
      more: Partial<NewFileSave> = {},
    ): NewFileSave => ({
      id: newId(),
      path,
      owner: "ann",
      author: "ann",
      kind: "saved",
      otherPath: null,
      blob: { sha256, key: `${sha256}-${newId()}`, size: 1, isFresh: true },
      now: at(seconds),
      ...more,
    });
    const saved = async (path: string, sha256: string, seconds: number): Promise<void> => {
      const begun = save(path, sha256, seconds);
      await beginFileSave(driver, begun);
      await endFileSave(driver, { ...begun, sha256, etag: `e${sha256}` });
    };
    const story = async (path: string): Promise<string> =>
      (await listFileVersions(driver, path, { before: null, limit: 100 }))
        .toReversed()
        .map(({ number, kind, sha256, author }) => `${number} ${kind} ${sha256}${author === null ? "?" : ""}`)
        .join(", ");
    const found = (path: string, sha256: string): ReturnType<typeof noteFoundFile> =>
      noteFoundFile(driver, {
        path,
        owner: "ann",
        etag: `e${sha256}`,
        blob: save(path, sha256, 0).blob,
        now: at(9),
      });

    it("numbers the versions of a path, however many save at once", async () => {
      await Promise.all(["a", "b", "c", "d"].map((sha256, seconds) => saved("/many", sha256, seconds)));
      const versions = await listFileVersions(driver, "/many", { before: null, limit: 100 });
      expect(versions.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
      expect((await listFileVersions(driver, "/many", { before: 3, limit: 1 }))[0]?.number).toBe(2);
    });

    it("gives a save that a dead server left to whoever finds its bytes, with its author", async () => {
      await saved("/crash", "a", 1);
      const dead = save("/crash", "b", 2, { kind: "restored" });
      await beginFileSave(driver, dead);
      await Promise.all([found("/crash", "b"), found("/crash", "b")]);
      await found("/crash", "x");
      // The dead one was only slow.
      expect(await endFileSave(driver, { ...dead, sha256: "b", etag: "eb" })).toMatchObject({ number: 2 });
      expect(await story("/crash")).toBe("1 saved a, 2 restored b, 3 found x?");
    });

    it("notes a deletion once, and knows what was there", async () => {
      await saved("/gone", "a", 1);
      const gone = { path: "/gone", owner: "ann", author: null, otherPath: null, now: at(2) };
      await Promise.all([noteDeletedFile(driver, gone), noteDeletedFile(driver, gone)]);
      expect(await story("/gone")).toBe("1 saved a, 2 deleted null?");
      expect(await newestFileContent(driver, "/gone")).toMatchObject({ number: 1, sha256: "a" });
    });

    it("lets go of what is too much or too old, and never of what is in a file", async () => {
      for (const [seconds, sha256] of ["p1", "p2", "p3", "p4"].entries())
        await saved("/old", sha256, 100 + seconds);
      expect(await pruneFileHistory(driver, "/old", 3)).toBe(1);
      // The second was replaced at 102, and the third at 103.
      await pruneOldVersions(driver, { replacedBefore: at(103), limit: 100 });
      expect(await story("/old")).toBe("3 saved p3, 4 saved p4");
      await pruneOldVersions(driver, { replacedBefore: at(1000), limit: 100 });
      expect(await story("/old")).toBe("4 saved p4");
    });

    it("lets bytes go that no version and no save has, and tells who wanted them", async () => {
      await saved("/blob", "used", 1);
      const pending = save("/blob", "pending", 2);
      await beginFileSave(driver, pending);
      const dropped = save("/blob", "dropped", 3);
      await beginFileSave(driver, dropped);
      await dropFileSave(driver, dropped.id);
      const keys = await dropUnusedBlobs(driver, 100);
      expect(keys).toContain(dropped.blob.key);
      expect(keys).not.toContain(pending.blob.key);
      expect(await fileBlobKey(driver, "dropped")).toBeNull();
      const late = { ...save("/blob", "dropped", 4).blob, isFresh: false };
      expect(await beginFileSave(driver, save("/blob", "dropped", 4, { blob: late }))).toBeNull();
      // Whoever was first with the same bytes keeps them.
      const second = save("/blob", "used", 5);
      expect(await beginFileSave(driver, second)).not.toBe(second.blob.key);
    });

    it("ends what was under way in a backup, by its record, once", async () => {
      const { submit, claimOne, story: runStory } = coreOf(() => driver);
      const runId = await submit(200);
      const { attemptId } = await claimOne(201);
      const run = await getRun(driver, runId);
      if (run === null) throw new Error("the run is gone");
      const event = (kind: string, status?: string): NewEvent => ({
        kind,
        at: at(203),
        data: JSON.stringify(status === undefined ? {} : { status, attempt: 1 }),
      });
      const record: ImportedRecord = {
        seq: 1,
        sha256: "h1",
        previousSha256: null,
        directory: `2026/11/${runId}/1`,
        tombstone: null,
        run: { ...run, tags: ["t"] },
        attempt: {
          id: attemptId,
          number: 1,
          status: "succeeded",
          exitClass: null,
          failure: null,
          facts: null,
          runner: { id: newId(), name: "there", version: "1" },
          createdAt: at(200),
          claimedAt: at(201),
          startedAt: at(202),
          finishedAt: at(203),
        },
        files: [{ name: "log.txt", sha256: "l", size: 1 }],
        events: [
          event("run-status-changed", "queued"),
          event("run-status-changed", "starting"),
          event("run-status-changed", "running"),
          event("cell-started"),
          ...Array.from({ length: 600 }, () => event("cell-output")),
        ],
        end: event("run-status-changed", "succeeded"),
      };
      // Two imports at once: they take turns, and the second finds it done.
      const importing = (): Promise<boolean> =>
        driver.tx(async (queries) => {
          await holdHistory(queries);
          return importRecord(queries, record);
        });
      expect(await Promise.all([importing(), importing()])).toSatisfy(
        (imported: readonly boolean[]) => imported.filter(Boolean).length === 1,
      );
      expect(await getRun(driver, runId)).toMatchObject({ status: "succeeded", finishedAt: at(203) });
      expect(await listAttempts(driver, runId)).toMatchObject([{ id: attemptId, status: "succeeded" }]);
      expect(await runStory(runId)).toMatch(/^queued1 starting1 running1 cell-started cell-output /);
      expect(
        await driver.query(
          `select seq::int, (select count(*)::int from event where run_id = $1) as count, data
           from event where run_id = $1 order by seq desc limit 1`,
          [runId],
        ),
      ).toEqual([{ seq: 605, count: 605, data: record.end?.data }]);
      expect(await listRecords(driver, { after: 0, limit: 10 })).toMatchObject([{ seq: 1, sha256: "h1" }]);
      expect(await driver.query("select seq, sha256 from record_head")).toEqual([{ seq: 1, sha256: "h1" }]);
    });

    it("says of imported runs what they belong to, as far as it is there, and makes sweeps again", async () => {
      const { submit } = coreOf(() => driver);
      const [parent, first, kept, starter] = [
        await submit(300),
        await submit(301, { tags: ["of a sweep"] }),
        await submit(302),
        await submit(303),
      ];
      const nobody = newId();
      const links = { rerunOf: null, resumes: null, sweepId: null, workflowRunId: null, startedByRun: null };
      const link = (id: string, more: object): ReturnType<typeof linkImportedRun> =>
        linkImportedRun(driver, { id, ...links, ...more });
      expect(await link(first, { sweepId: parent, startedByRun: starter, workflowRunId: nobody })).toEqual([
        { link: "sweep", to: parent },
        { link: "workflow_run", to: nobody },
      ]);
      const child = { isKept: false, parameters: '{"x":1.0}', metrics: '{"y":2.0}', seconds: 1.5 };
      const sweep: ImportedSweep = {
        runId: parent,
        concurrency: 3,
        stopOnFailure: true,
        childSettings: "{}",
        finishedAt: at(310),
        children: [
          { ...child, runId: first },
          { ...child, runId: kept, isKept: true },
          { ...child, runId: null, metrics: null, seconds: null },
        ],
      };
      await driver.query("update run set status = 'failed' where id = $1", [first]);
      await driver.tx((queries) => importSweep(queries, sweep, newId));
      await driver.tx((queries) => importSweep(queries, sweep, newId));
      expect(await getSweep(driver, parent)).toMatchObject({
        concurrency: 3,
        stopOnFailure: true,
        total: 3,
        openCount: 0,
        doneCount: 2,
        failedCount: 1,
        lostCount: 0,
        isOver: true,
      });
      const children = await listChildren(driver, parent, { after: -1, limit: 10 });
      expect(children.map(({ runId, isKept, metrics }) => [runId, isKept, metrics])).toEqual([
        [first, false, '{"y":2.0}'],
        [kept, true, '{"y":2.0}'],
        [null, false, null],
      ]);
      expect(await link(first, { sweepId: parent })).toEqual([]);
      expect(await getRun(driver, first)).toMatchObject({ sweepId: parent, startedByRun: starter });
      const tagged = { tag: "of a sweep", limit: 9 };
      expect(await listRuns(driver, tagged)).toMatchObject([{ id: first }]);
      expect(await listRuns(driver, { ...tagged, hasChildren: false })).toEqual([]);
      expect(await getRun(driver, kept)).toMatchObject({ sweepId: null });
      expect(await getRun(driver, parent)).toMatchObject({ isSweep: true });
    });
  });
}
