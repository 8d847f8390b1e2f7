import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ADVANCING,
  at,
  coreOf,
  ending,
  failureOf,
  LEASE_MS,
  newId,
  newRun,
  OTHER,
  RUNNER,
  SETTINGS,
} from "./core.ts";
import { expectNoOrphans } from "./orphans.ts";
import { accessContract } from "./access-contract.ts";
import { searchContract } from "./search-contract.ts";
import { settingsContract } from "./settings-contract.ts";
import {
  appendAttemptEvents,
  cancelRun,
  completeAttempt,
  completeAttempts,
  type Driver,
  eventPages,
  eventsOfAttempts,
  eventsSince,
  expireLeases,
  getRun,
  inSavepoint,
  listAttempts,
  listRecords,
  listRuns,
  newestFactsOf,
  migrate,
  type NewEvent,
  READY_CHANNEL,
  renewLeases,
  type StoredEvent,
  submitRun,
} from "../src/index.ts";

type Held = { readonly attemptId: string; readonly fence: number };

/** What a driver has to do, whichever it is. */
export function coreContract(name: string, open: () => Promise<Driver>): void {
  describe(name, () => {
    let driver: Driver;
    beforeAll(async () => {
      driver = await open();
      await migrate(driver, { now: at(0) });
    });
    afterAll(async () => {
      await expectNoOrphans(driver);
      await driver.close();
    });

    const core = coreOf(() => driver);
    const { submit, claim, claimOne, story } = core;

    it("applies each migration once, and refuses one that was edited", async () => {
      expect(await migrate(driver, { now: at(0) })).toEqual([]);
      await expect(
        driver.tx(async (queries) => {
          await queries.query("update migration set sha256 = 'edited'");
          return migrate({ ...driver, tx: (body) => body(queries) }, { now: at(0) });
        }),
      ).rejects.toMatchObject({ code: "STORE_MIGRATION_CHANGED" });
    });

    it("keeps nothing of a transaction that throws, and passes on the database's own code", async () => {
      await expect(
        driver.tx(async (queries) => {
          await queries.query(
            "insert into runner (id, name, slots, version, seen_at) values ($1, 'x', 1, '1', $2)",
            [newId(), at(0)],
          );
          await queries.query("insert into record_head (seq) values (1)");
        }),
      ).rejects.toMatchObject({ code: "STORE_QUERY_FAILED", details: { sqlState: "23505" } });
      expect(await driver.query("select id from runner where name = 'x'")).toEqual([]);
    });

    it("takes a run from submit to success, its parameters as they were written", async () => {
      const runId = await submit(1);
      const held = await claimOne(2);
      expect(held.runId).toBe(runId);
      const events = [{ kind: "cell-started", at: at(3), data: "{}" }];
      const first = { ...held, first: 0, events, advancing: ADVANCING, now: at(3) };
      expect(await appendAttemptEvents(driver, first)).toEqual({ kind: "appended", next: 1 });
      expect(await appendAttemptEvents(driver, first)).toEqual({ kind: "appended", next: 1 });
      expect(await appendAttemptEvents(driver, { ...first, first: 7 })).toEqual({ kind: "gap", next: 1 });
      expect(await completeAttempt(driver, held, ending(4))).toMatchObject({ kind: "completed" });
      expect(await completeAttempt(driver, held, ending(5))).toMatchObject({ kind: "known" });
      expect(await story(runId)).toBe("queued1 starting1 running1 cell-started succeeded1");
      expect(await getRun(driver, runId)).toMatchObject({
        status: "succeeded",
        parameters: '{"x": 1.0, "y": NaN}',
        createdAt: at(1),
        startedAt: at(3),
        finishedAt: at(4),
      });
    });

    it("gives values back as they were given, alone and in lists", async () => {
      const texts = ["", "NULL", 'a "quoted" \\ {b,c}', "two\nlines\t", "größer 🙂", null];
      const sql = `select $1::text[] as list, $2::text as text, $3::timestamptz as time, $4::int[] as numbers,
        $5::boolean as flag, $6::text as nothing`;
      const values = [texts, texts[2] ?? "", at(1), [1, -2], false, null];
      expect(await driver.query(sql, values)).toEqual([
        { list: texts, text: texts[2], time: at(1), numbers: [1, -2], flag: false, nothing: null },
      ]);
    });

    it("gives fewer events where they are large, and always one", async () => {
      const runId = await submit(5);
      const holding = await claimOne(5);
      const events = ["", "xx", "ü".repeat(50), "x"].map((text) => {
        return { kind: "cell-output", at: at(5), data: `"${text}"` };
      });
      await appendAttemptEvents(driver, { ...holding, first: 0, events, advancing: ADVANCING, now: at(5) });
      // Its statuses come before.
      const sizes = async (after: number, bytes?: number): Promise<readonly number[]> =>
        (
          await eventsSince(driver, runId, { after, limit: 3, ...(bytes === undefined ? {} : { bytes }) })
        ).map(({ data }) => Buffer.byteLength(data));
      expect(await sizes(3)).toEqual([2, 4, 102]);
      expect(await sizes(3, 6)).toEqual([2, 4]);
      expect(await sizes(3, 7)).toEqual([2, 4, 102]);
      expect(await sizes(5, 1)).toEqual([102]);
      expect(await sizes(7, 1)).toEqual([]);
      await completeAttempt(driver, holding, ending(5, "failed"));
    });

    it("answers with runs as the database has them", async () => {
      const { run } = await submitRun(
        driver,
        newRun(6, { tags: ["second", "first"], idempotencyKey: "answered" }),
      );
      expect(run).toEqual(await getRun(driver, run.id));
      const holding = await claimOne(7);
      const events = { first: 0, events: [{ kind: "cell-started", at: at(8), data: "{}" }] };
      const [completed] = await completeAttempts(driver, [{ holding, ending: ending(9), events }]);
      expect(completed).toEqual({ kind: "completed", run: await getRun(driver, run.id) });
      expect(await getRun(driver, run.id)).toMatchObject({ startedAt: at(9), finishedAt: at(9) });
    });

    it("starts one run for one key, however many ask", async () => {
      const asked = await Promise.all(["a", "b", "c"].map(() => submit(10, { idempotencyKey: "key" })));
      expect(new Set(asked).size).toBe(1);
      const again = await submitRun(
        driver,
        newRun(11, { idempotencyKey: "key", requestSha256: "another request" }),
      );
      expect([again.kind, again.run.id]).toEqual(["key-reused", asked[0]]);
      await completeAttempt(driver, await claimOne(12), ending(12, "failed"));
    });

    it("gives an attempt to one runner, oldest first", async () => {
      const runs = [await submit(20), await submit(21), await submit(22)];
      const claims = await Promise.all([claim(23), claim(23, 1, OTHER), claim(23), claim(23, 1, OTHER)]);
      const taken = claims.flat();
      expect(taken.map(({ runId }) => runId).sort()).toEqual(runs);
      for (const { id, fence } of taken)
        await completeAttempt(driver, { attemptId: id, fence }, ending(24, "failed"));
    });

    it("ends many attempts in one transaction as it would one by one, each on its own terms", async () => {
      const runs = [
        await submit(30, { tags: ["ends well"] }),
        await submit(31),
        await submit(32),
        await submit(33),
        await submit(34),
      ];
      const [well, failing, lost, early, late] = (await claim(35, 5)).map(({ id, fence }) => ({
        attemptId: id,
        fence,
      })) as [Held, Held, Held, Held, Held];
      const events = [{ kind: "cell-started", at: at(36), data: "{}" }];
      const heads = await listRecords(driver, { after: 0, limit: 1000 });
      const completed = await completeAttempts(driver, [
        { holding: well, ending: ending(37), events: { first: 0, events } },
        { holding: failing, ending: ending(38, "failed"), events: { first: 0, events } },
        { holding: { ...lost, fence: 99 }, ending: ending(38) },
        { holding: early, ending: ending(38) },
        { holding: late, ending: ending(38), events: { first: 3, events } },
      ]);
      expect(completed.map(({ kind }) => kind)).toEqual([
        "completed",
        "completed",
        "lost",
        "not-possible",
        "gap",
      ]);
      expect(completed[0]).toMatchObject({ run: { id: runs[0], status: "succeeded", startedAt: at(37) } });
      const stories = await Promise.all(runs.map(story));
      expect(stories).toEqual([
        "queued1 starting1 running1 cell-started succeeded1",
        "queued1 starting1 running1 cell-started failed1",
        ...Array<string>(3).fill("queued1 starting1"),
      ]);
      const chained = await listRecords(driver, { after: heads.at(-1)?.seq ?? 0, limit: 10 });
      expect(chained.map(({ runId, previousSha256 }) => [runId, previousSha256])).toEqual([
        [runs[0], heads.at(-1)?.sha256 ?? null],
        [runs[1], chained[0]?.sha256],
      ]);

      // A loss is tried again, beside one that is not.
      const again = await completeAttempts(driver, [
        { holding: lost, ending: ending(39, "lost") },
        { holding: early, ending: ending(39, "failed") },
        { holding: well, ending: ending(39) },
        { holding: late, ending: ending(39, "cancelled") },
      ]);
      expect(
        again.map((it) => (it.kind === "lost" ? it.kind : [it.kind, "run" in it && it.run.status])),
      ).toEqual([
        ["completed", "queued"],
        ["completed", "failed"],
        ["known", "succeeded"],
        ["completed", "cancelled"],
      ]);
      await completeAttempt(driver, await claimOne(99), ending(99, "failed"));
    });

    it("undoes a part of a transaction, however many fail, and leaves no savepoint behind", async () => {
      await driver.tx(async (queries) => {
        const part = (fails: boolean): Promise<unknown> =>
          inSavepoint(queries, async () => {
            await queries.query("update record_head set seq = seq + 1");
            if (fails) await queries.query("select 1 / 0");
          });
        const seq = async (): Promise<unknown> =>
          (await queries.query("select seq::int as seq from record_head"))[0]?.["seq"];
        const before = Number(await seq());
        await expect(part(true)).rejects.toMatchObject({ code: "STORE_QUERY_FAILED" });
        await part(false);
        await expect(part(true)).rejects.toMatchObject({ code: "STORE_QUERY_FAILED" });
        expect(await seq()).toBe(before + 1);
        await queries.query("update record_head set seq = $1", [before]);
        await queries.query("savepoint outer_part");
        await expect(queries.query("rollback to savepoint part")).rejects.toMatchObject({
          details: { sqlState: "3B001" },
        });
        await queries.query("rollback to savepoint outer_part");
      });
    });

    it.each(["null", "NaN", '"a"', "{"])("ends a lease whatever the last event says: %s", async (data) => {
      const retry = { ...SETTINGS.retry, platform: { ...SETTINGS.retry.platform, retries: 0 } };
      const runId = await submit(100, { settings: { ...SETTINGS, retry } });
      const held = await claimOne(100);
      const events = [{ kind: "cell-started", at: at(100), data }];
      await appendAttemptEvents(driver, { ...held, first: 0, events, advancing: ADVANCING, now: at(100) });
      expect(await expireLeases(driver, { ...ending(131), newId, failureOf })).toBe(1);
      expect((await listAttempts(driver, runId))[0]?.failure).toBe(
        '{"code":"RUNNER_LOST","message":"here at no cell"}',
      );
    });

    it("takes an attempt from a runner that was silent for a lease, and listens to it no more", async () => {
      const runId = await submit(100);
      const held = await claimOne(101);
      const renew = (seconds: number): ReturnType<typeof renewLeases> =>
        renewLeases(driver, { runnerId: RUNNER.id, holdings: [held], now: at(seconds), leaseMs: LEASE_MS });
      expect(await renew(120)).toEqual({ renewed: [held.attemptId], cancelled: [] });
      expect(await expireLeases(driver, { ...ending(149), newId, failureOf })).toBe(0);
      expect(await expireLeases(driver, { ...ending(151), newId, failureOf })).toBe(1);
      expect(await renew(152)).toEqual({ renewed: [], cancelled: [] });
      expect(await completeAttempt(driver, held, ending(153))).toEqual({ kind: "lost" });
      const events = [{ kind: "late", at: at(153), data: "{}" }];
      const late = { ...held, first: 0, events, advancing: ADVANCING, now: at(153) };
      expect(await appendAttemptEvents(driver, late)).toEqual({ kind: "lost" });

      const again = await claimOne(154);
      const cell = (kind: string, id: string, index: number): NewEvent => ({
        kind,
        at: at(155),
        data: JSON.stringify({ cell_id: id, cell_index: index }),
      });
      const heard = [
        cell("cell-started", "a", 0),
        cell("cell-finished", "a", 0),
        cell("cell-started", "b", 1),
      ];
      await appendAttemptEvents(driver, {
        ...again,
        first: 0,
        events: heard,
        advancing: ADVANCING,
        now: at(155),
      });
      expect(await expireLeases(driver, { ...ending(200), newId, failureOf })).toBe(1);
      expect(await story(runId)).toBe(
        "queued1 starting1 queued2 starting2 running2 cell-started cell-finished cell-started lost2",
      );
      expect((await listAttempts(driver, runId)).map(({ failure }) => failure)).toEqual([
        '{"code":"RUNNER_LOST","message":"here at no cell"}',
        '{"code":"RUNNER_LOST","message":"here at b"}',
      ]);
    });

    it("cancels what waits at once, and what runs by its runner", async () => {
      const waiting = await submit(300);
      const cancel = (id: string): ReturnType<typeof cancelRun> =>
        cancelRun(driver, id, ending(301, "cancelled"));
      expect(await cancel(waiting)).toMatchObject({ status: "cancelled" });
      expect(await story(waiting)).toBe("queued1 run-cancel-requested cancelled1");
      expect(await claim(302)).toEqual([]);

      const running = await submit(303);
      const held = await claimOne(304);
      expect(await cancel(running)).toMatchObject({ status: "starting", cancelRequestedAt: at(301) });
      await cancel(running);
      const renewal = { runnerId: RUNNER.id, holdings: [held], now: at(305), leaseMs: LEASE_MS };
      expect(await renewLeases(driver, renewal)).toEqual({
        renewed: [held.attemptId],
        cancelled: [held.attemptId],
      });
      await completeAttempt(driver, held, ending(306, "lost"));
      expect(await story(running)).toBe("queued1 starting1 run-cancel-requested cancelled1");
      expect(await cancel(newId())).toBeNull();
    });

    it("chains the manifest of every attempt that has ended to the one before", async () => {
      const records = await listRecords(driver, { after: 0, limit: 100 });
      const attempts = await driver.query("select id from attempt where finished_at is not null");
      expect(records.map(({ attemptId }) => attemptId).sort()).toEqual(attempts.map(({ id }) => id).sort());
      const texts = await driver.query("select manifest, sha256 from record order by seq");
      for (const { manifest, sha256 } of texts)
        expect(createHash("sha256").update(String(manifest)).digest("hex")).toBe(sha256);
      expect(records.map(({ previousSha256 }) => previousSha256)).toEqual([
        null,
        ...records.slice(0, -1).map(({ sha256 }) => sha256),
      ]);
    });

    it("reads the events of an attempt in parts, where they are many", async () => {
      const runId = await submit(390);
      const held = await claimOne(391);
      const told = ["a", "bb".repeat(20), "c", "d", "e".repeat(50), "f"].map((it) => JSON.stringify(it));
      const events = told.map((data) => ({ kind: "cell-output", at: at(392), data }));
      await appendAttemptEvents(driver, { ...held, first: 0, events, advancing: ADVANCING, now: at(392) });
      const attempt = { id: held.attemptId, runId, number: 1 };
      for (const pageBytes of [1, 45, 1000]) {
        const first = (await eventsOfAttempts(driver, [attempt], { pageBytes })).get(attempt.id);
        expect(first?.isWhole).toBe(pageBytes === 1000);
        const read: StoredEvent[] = [];
        for await (const page of eventPages(driver, attempt, first, { pageBytes })) read.push(...page);
        expect(read.flatMap(({ kind, data }) => (kind === "cell-output" ? [data] : []))).toEqual(told);
        expect(read.map(({ seq }) => seq)).toEqual(read.map((_, index) => index + 1));
      }
      await completeAttempt(driver, held, ending(393));
    });

    it("lists runs newest first, page by page", async () => {
      const all = await listRuns(driver, { limit: 100 });
      const pages: string[] = [];
      for (let before: string | undefined; ; before = pages.at(-1)) {
        const page = await listRuns(driver, { limit: 2, ...(before === undefined ? {} : { before }) });
        if (page.length === 0) break;
        pages.push(...page.map(({ id }) => id));
      }
      expect(pages).toEqual(all.map(({ id }) => id));
      expect(pages).toEqual(pages.toSorted().reverse());
      const failed = await listRuns(driver, { limit: 100, status: "failed" });
      expect(failed.map(({ id }) => id)).toEqual(
        all.filter(({ status }) => status === "failed").map(({ id }) => id),
      );
    });

    it("finds runs by the ends of their ids", async () => {
      const [run] = await listRuns(driver, { limit: 1 });
      const id = run?.id ?? "";
      const found = async (idEnd: string): Promise<readonly string[]> =>
        (await listRuns(driver, { limit: 100, idEnd })).map((it) => it.id);
      for (const digits of [8, 9, 12]) expect(await found(id.slice(-digits))).toContain(id);
      expect(await found(id.slice(-12))).toEqual([id]);
      // The last 8 digits are right, and the one before them is not.
      const other = id.at(-9) === "0" ? "1" : "0";
      expect(await found(`${other}${id.slice(-8)}`)).not.toContain(id);
      expect(await listRuns(driver, { limit: 1, idEnd: id.slice(-12), before: id })).toEqual([]);
    });

    it("knows what was told of the attempts of one notebook", async () => {
      expect(await newestFactsOf(driver, "/of/nobody.ipynb", 10)).toEqual([]);
    });

    it("wakes who listens", async () => {
      const woken = Promise.withResolvers<string>();
      await using _listening = await driver.listen(READY_CHANNEL, woken.resolve);
      await submit(400);
      expect(await woken.promise).toBe("");
    });

    settingsContract(core);
    accessContract(() => driver);
    searchContract(() => driver);
  });
}
