import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  childrenOfPruned,
  completeAttempt,
  createTrigger,
  type Driver,
  type EndedPlace,
  migrate,
  noteManifestsWritten,
  noteRecordFile,
  type NotebookPlace,
  noteSourceDropped,
  noteSourceKept,
  oldRuns,
  oldWorkflowRuns,
  pruneRun,
  type PrunePolicy,
  pruneWorkflowRun,
  submitSweep,
  surplusRuns,
  unusedSources,
} from "../src/index.ts";
import { at, coreOf, ending, newId, newRun, SETTINGS } from "./core.ts";

/** A hash as long as those of sources. */
const hashOf = (name: string): string => name.padEnd(64, "0");

/** What retention does on a driver, whichever it is. */
export function retentionContract(name: string, open: () => Promise<Driver>): void {
  describe(name, () => {
    let driver: Driver;
    const core = coreOf(() => driver);
    beforeAll(async () => {
      driver = await open();
      await migrate(driver, { now: at(0) });
    });
    afterAll(() => driver.close());

    /** Submits and ends a run with a record. */
    async function endedRun(seconds: number, path: string, outcome: "succeeded" | "failed", source = "a") {
      const id = await core.submit(seconds, { path, sourceHash: hashOf(source) });
      await endNext(seconds, outcome);
      return id;
    }
    async function endNext(seconds: number, outcome: "succeeded" | "failed"): Promise<void> {
      const held = await core.claimOne(seconds);
      await core.begin(held, seconds);
      await noteRecordFile(driver, held, { name: "output.ipynb", sha256: "o", size: 1 });
      await completeAttempt(driver, held, ending(seconds, outcome));
    }
    async function sweep(seconds: number, path: string, kept?: { runId: string; attemptId: string }) {
      const child = (): object => ({ runId: newId(), attemptId: newId(), parameters: "{}" });
      const reused = kept && { ...kept, parameters: "{}", kept: { metrics: null, seconds: null } };
      const { run } = await submitSweep(driver, {
        run: newRun(seconds, { path, sourceHash: hashOf("a") }),
        concurrency: 2,
        stopOnFailure: false,
        childSettings: SETTINGS,
        children: [child(), child(), ...(reused === undefined ? [] : [reused])] as never,
      });
      await endNext(seconds, "succeeded");
      await endNext(seconds, "succeeded");
      await driver.query("update run set status = 'succeeded', finished_at = $2 where id = $1", [
        run.id,
        at(seconds + 1),
      ]);
      return run.id;
    }
    /** Their manifests are in their files. */
    const settled = async (): Promise<void> => {
      const rows = await driver.query("select seq from record where manifest is not null");
      const seqs = rows.map(({ seq }) => Number(seq));
      // Whoever writes the same at the same time: one is told of each.
      const told = await Promise.all([
        noteManifestsWritten(driver, seqs),
        noteManifestsWritten(driver, seqs),
      ]);
      expect(told.flat()).toHaveLength(seqs.length);
      expect(new Set(told.flat()).size).toBe(seqs.length);
    };
    const prune = (id: string): Promise<boolean> =>
      pruneRun(driver, id, { now: at(100_000), tombstone: ({ seq }) => `${seq}` });
    async function pruneOld(policy: PrunePolicy): Promise<readonly string[]> {
      const gone: string[] = [];
      let after: EndedPlace | null = null;
      do {
        const page = await oldRuns(driver, policy, { after, count: 7 });
        for (const { id } of page.runs) if (await prune(id)) gone.push(id);
        after = page.next;
      } while (after !== null);
      for (
        let left = await childrenOfPruned(driver, 2);
        left.length > 0;
        left = await childrenOfPruned(driver, 2)
      )
        for (const { id } of left) if (await prune(id)) gone.push(id);
      return gone;
    }
    async function unused(): Promise<readonly string[]> {
      const hashes: string[] = [];
      let after: string | null = null;
      do {
        const page = await unusedSources(driver, { after, count: 2 });
        hashes.push(...page.hashes);
        after = page.next;
      } while (after !== null);
      return hashes;
    }
    const all = async () =>
      (await driver.query(
        `select id, path, status, sweep_id as "sweepId", is_sweep as "isSweep", source_hash as "sourceHash",
           pruned_at is not null as "isPruned", finished_at as "finishedAt",
           (select count(*)::int from event where run_id = run.id) as events,
           (select count(*)::int from record_file join attempt on attempt.id = attempt_id where run_id = run.id) as files
         from run order by id`,
      )) as unknown as readonly {
        readonly id: string;
        readonly path: string;
        readonly status: string;
        readonly sweepId: string | null;
        readonly isSweep: boolean;
        readonly sourceHash: string;
        readonly isPruned: boolean;
        readonly finishedAt: Date;
        readonly events: number;
        readonly files: number;
      }[];

    type Kept = Awaited<ReturnType<typeof all>>[number];
    /** Whether a run is what its notebook is looked up for. */
    const isResult = ({ status, isSweep, sweepId }: Kept): boolean =>
      status === "succeeded" && !isSweep && sweepId === null;
    const lastOf = (runs: readonly Kept[]): string | undefined =>
      runs.toSorted((one, other) => one.finishedAt.getTime() - other.finishedAt.getTime()).at(-1)?.id;

    it("never lets go of what a run that stays needs, whatever the policy", async () => {
      let seed = 7;
      const random = (below: number): number => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return Math.floor((seed / 2 ** 31) * below);
      };
      const sweeps: string[] = [];
      for (let index = 0; index < 30; index += 1) {
        const seconds = index * 100;
        const path = `/n${random(3)}`;
        if (random(6) > 0) {
          await endedRun(seconds, path, random(3) === 0 ? "failed" : "succeeded", "abcde"[random(5)]);
          continue;
        }
        const [earlier] = await driver.query(
          `select run.id as "runId", attempt.id as "attemptId" from run join attempt on attempt.run_id = run.id
           where sweep_id = $1 limit 1`,
          [sweeps.at(-1) ?? newId()],
        );
        sweeps.push(await sweep(seconds, path, earlier as { runId: string; attemptId: string } | undefined));
      }
      expect(sweeps.length).toBeGreaterThan(2);
      const held = await endedRun(1, "/unwritten", "succeeded");
      await driver.query(
        "update record set manifest = null from attempt where attempt.id = record.attempt_id and run_id <> $1",
        [held],
      );
      const whole = new Map((await all()).map(({ id, events, files }) => [id, [events, files]]));
      expect(whole.get(held)).toEqual([5, 2]);
      let gone = 0;
      for (let round = 0; round < 8; round += 1) {
        const before = await all();
        const policy = {
          endedBefore: at(round * 600),
          failedBefore: at(round * 250),
          keepLatest: random(4),
        };
        const pruned = new Set(await pruneOld(policy));
        gone += pruned.size;
        const after = await all();
        const kept = after.filter(({ isPruned }) => !isPruned);
        const keptIds = new Set(kept.map(({ id }) => id));
        expect(keptIds.has(held)).toBe(true);
        for (const run of after) {
          expect([run.events, run.files]).toEqual(run.isPruned ? [0, 0] : whole.get(run.id));
          // A sweep that stays has all of its runs, and the results that it took from others.
          if (run.sweepId !== null && keptIds.has(run.sweepId)) expect(run.isPruned).toBe(false);
        }
        const needed = await driver.query(
          "select sweep_id as sweep, run_id as id from sweep_child where is_kept",
        );
        for (const { sweep: parent, id } of needed)
          if (keptIds.has(String(parent))) expect(keptIds.has(String(id))).toBe(true);
        for (const { id, path, sweepId, status, finishedAt } of before) {
          if (!pruned.has(id) || sweepId !== null) continue;
          expect(finishedAt < (status === "succeeded" ? policy.endedBefore : policy.failedBefore)).toBe(true);
          const newer = after.filter(
            (it) => it.path === path && it.sweepId === null && it.id > id && !it.isPruned,
          );
          expect(newer.length).toBeGreaterThanOrEqual(policy.keepLatest);
        }
        const sources = new Set(kept.map(({ sourceHash }) => sourceHash));
        for (const hash of await unused()) expect(sources).not.toContain(hash);
      }
      expect(gone).toBeGreaterThan(15);
      await settled();
      await pruneOld({ endedBefore: at(90_000), failedBefore: at(90_000), keepLatest: 0 });
      // What a link to the latest output shows is there for ever.
      const runs = await all();
      const left = runs.filter(({ isPruned }) => !isPruned);
      const paths = [...new Set(runs.filter(isResult).map(({ path }) => path))];
      expect(left.map(({ id }) => id)).toEqual(
        paths.map((path) => lastOf(runs.filter((it) => it.path === path && isResult(it)))).toSorted(),
      );
      const sources = new Set(left.map(({ sourceHash }) => sourceHash));
      const others = ["a", "b", "c", "d", "e"].map(hashOf).filter((hash) => !sources.has(hash));
      expect((await unused()).toSorted()).toEqual(others);
    });

    it("keeps the newest of every notebook, and those that failed among more", async () => {
      const outcomes = ["failed", "succeeded", "failed", "succeeded", "succeeded", "succeeded"] as const;
      const ids: string[] = [];
      for (const [index, outcome] of outcomes.entries())
        ids.push(await endedRun(200_000 + index, "/count/a", outcome));
      for (let index = 0; index < 3; index += 1) await endedRun(200_010, `/count/b${index}`, "succeeded");
      await settled();
      const policy = { most: 2, mostFailed: 5, endedBefore: at(200_500) };
      const found: string[] = [];
      let after: NotebookPlace | null = null;
      do {
        const page = await surplusRuns(driver, policy, { after, notebooks: 2, limit: 10 });
        found.push(...page.runs.filter(({ path }) => path.startsWith("/count/")).map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      // The third one failed, and is the fourth from the end.
      expect(found).toEqual([ids[0], ids[1], ids[3]]);
      const soon = { ...policy, endedBefore: at(200_000) };
      expect((await surplusRuns(driver, soon, { after: null, notebooks: 9, limit: 10 })).runs).toEqual([]);
    });

    it("keeps the sources of schedules and of every version of a workflow", async () => {
      await createTrigger(driver, {
        id: newId(),
        owner: "ann",
        name: "nightly",
        path: "/t",
        kernelName: null,
        parameters: "{}",
        files: [],
        settings: SETTINGS,
        priority: 0,
        tags: [],
        spec: { kind: "interval", everyMs: 60_000, anchor: at(0).getTime() },
        catchUp: { kind: "none" },
        concurrency: { kind: "parallel", limit: 1 },
        maxJitterMs: 0,
        graceMs: 0,
        sourceHash: hashOf("trigger"),
        now: at(0),
      });
      for (const it of ["trigger", "flow", "nobody"])
        await driver.query(
          "insert into source (hash, path, owner, created_at) values ($1, '/x', 'ann', $2)",
          [hashOf(it), at(0)],
        );
      const workflow = newId();
      await driver.query(
        `insert into workflow (id, owner, name, active_version, newest_version, created_at, updated_at)
         values ($1, 'ann', 'flow', 2, 2, $2, $2)`,
        [workflow, at(0)],
      );
      for (const [version, plan] of [`{"source": "${hashOf("flow")}"}`, "{}"].entries())
        await driver.query("insert into workflow_version values ($1, $2, '{}', $3, $3, 'ann', $4)", [
          workflow,
          version + 1,
          plan,
          at(0),
        ]);
      const names = async (): Promise<readonly string[]> =>
        (await unused()).map((it) => it.replace(/0+$/, ""));
      expect(await names()).toContain("nobody");
      expect(await names()).not.toContain("trigger");
      expect(await names()).not.toContain("flow");
      await noteSourceDropped(driver, hashOf("nobody"), at(1));
      expect(await names()).not.toContain("nobody");
      await noteSourceKept(driver, hashOf("nobody"));
      expect(await names()).toContain("nobody");
    });

    it("lets the events of a workflow-run go when none of its runs stays", async () => {
      const [version] = await driver.query("select workflow_id as id from workflow_version limit 1");
      const flow = newId();
      await driver.query(
        `insert into workflow_run (id, workflow_id, version, owner, status, sequence, state, parameters, occasion,
           request_sha256, started_by, created_at, finished_at)
         values ($1, $2, 1, 'ann', 'running', 1, '{}', '{}', '{}', 'r', 'ann', $3, null)`,
        [flow, String(version?.["id"]), at(300_000)],
      );
      await driver.query("insert into workflow_event values ($1, 1, 1, $2, 'x', '{}')", [flow, at(300_000)]);
      await endedRun(350_000, "/flow", "succeeded");
      const run = await core.submit(300_000, { path: "/flow", sourceHash: hashOf("a") });
      await endNext(300_000, "succeeded");
      await driver.query("update run set workflow_run_id = $2 where id = $1", [run, flow]);
      await settled();
      await driver.query(
        "insert into workflow_task (workflow_run_id, sequence, step, task, run_id) values ($1, 1, 's', 0, $2)",
        [flow, run],
      );
      const policy = { endedBefore: at(400_000), failedBefore: at(400_000), keepLatest: 0 };
      const mayGo = async (): Promise<readonly string[]> =>
        (await oldWorkflowRuns(driver, policy, { after: null, count: 10 })).ids;
      // It is under way, and may need what its run has recorded.
      expect(await pruneOld(policy)).not.toContain(run);
      const end = "update workflow_run set status = 'failed', finished_at = $2 where id = $1";
      await driver.query(end, [flow, at(300_010)]);
      expect(await mayGo()).toEqual([]);
      expect(await pruneWorkflowRun(driver, flow, at(300_020))).toBe(false);
      expect(await pruneOld(policy)).toContain(run);
      expect(await mayGo()).toEqual([flow]);
      expect(await pruneWorkflowRun(driver, flow, at(300_020))).toBe(true);
      expect(await driver.query("select from workflow_event where workflow_run_id = $1", [flow])).toEqual([]);
      expect(await mayGo()).toEqual([]);
      // It was restarted, and is over again.
      await driver.query(end, [flow, at(300_030)]);
      expect(await mayGo()).toEqual([flow]);
    });
  });
}
