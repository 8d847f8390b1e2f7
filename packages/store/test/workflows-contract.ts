import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWorkflow, type Workflow } from "@notemill/schedules";
import {
  type Advancing,
  appendAttemptEvents,
  applyWorkflow,
  type Asked,
  cancelRun,
  cancelWorkflowRun,
  completeAttempt,
  completeAttempts,
  type Driver,
  dueWorkflowRuns,
  getWorkflowRunState,
  listSteps,
  listTasks,
  lookAtWorkflowRun,
  migrate,
  type NewWorkflowRun,
  pauseWorkflowRun,
  restartWorkflowRun,
  resumeWorkflowRun,
  runsToCancel,
  startWorkflowRun,
  type StoredWorkflow,
  type TaskFacts,
  workflowEventsSince,
} from "../src/index.ts";
import { at, coreOf, ending, newId } from "./core.ts";
import { planOf } from "./workflow-plan.ts";
import { type Held, workflowStartsContract } from "./workflow-starts-contract.ts";

/** What two servers on one database have to do; `open` gives both their drivers, the same one where there can be one only. */
export function workflowsContract(name: string, open: () => Promise<readonly [Driver, Driver]>): void {
  describe(name, () => {
    let drivers: readonly [Driver, Driver];
    let driver: Driver;
    const core = coreOf(() => driver);
    beforeAll(async () => {
      drivers = await open();
      [driver] = drivers;
      await migrate(driver, { now: at(0) });
    });
    afterAll(async () => {
      for (const it of new Set(drivers)) await it.close();
    });

    const seen: TaskFacts[] = [];
    const advancing: Advancing = {
      newId,
      plans: { known: () => undefined, read: (_id, text) => planOf(JSON.parse(text) as Workflow, seen) },
    };
    const asked = (seconds: number): Asked => ({ ...advancing, by: "ann", reason: "why", now: at(seconds) });
    const notebook = (key: string, more: object = {}): object => ({
      key,
      type: "notebook",
      path: key,
      ...more,
    });

    let names = 0;
    async function apply(steps: readonly object[], more: object = {}): Promise<StoredWorkflow> {
      const read = readWorkflow({ steps, ...more });
      if (!read.ok) throw new Error(JSON.stringify(read.problems));
      const plan = JSON.stringify(read.workflow);
      const given = {
        id: newId(),
        owner: "ann",
        name: `flow ${++names}`,
        definition: "{}",
        plan,
        sha256: plan,
      };
      return (await applyWorkflow(driver, { ...given, by: "ann", now: at(0) })).workflow;
    }
    const newRun = ({ id, activeVersion }: StoredWorkflow, seconds: number): NewWorkflowRun => ({
      id: newId(),
      workflowId: id,
      version: activeVersion,
      owner: "ann",
      parameters: "{}",
      occasion: "{}",
      idempotencyKey: null,
      requestSha256: "r",
      triggerId: null,
      startedBy: "ann",
      reason: null,
      now: at(seconds),
    });
    async function start(steps: readonly object[], seconds: number, more: object = {}): Promise<string> {
      const { run } = await startWorkflowRun(driver, newRun(await apply(steps, more), seconds), advancing);
      return run.id;
    }
    /** `status | step: status` of every step, with a letter a task where there are many. */
    async function picture(id: string): Promise<string> {
      const found = await getWorkflowRunState(driver, id);
      const steps = Object.entries(found?.state.steps ?? {}).map(([key, { status, tasks }]) =>
        tasks.length > 1 ? `${key} ${status} ${tasks.map((it) => it[0]).join("")}` : `${key} ${status}`,
      );
      return `${found?.run.status} | ${steps.join(", ")}`;
    }
    /** Claims everything that waits: by path, what is needed to end it. */
    async function claimAll(seconds: number) {
      const claimed = await core.claim(seconds, 500);
      const known = claimed.map(
        ({ id, fence, path, runId }) => [path, { attemptId: id, fence, runId }] as const,
      );
      expect(new Set(known.map(([path]) => path)).size).toBe(known.length);
      return new Map(known);
    }
    /** Ends an attempt on one of the two servers. */
    async function end(
      held: Held | undefined,
      seconds: number,
      {
        outcome = "succeeded",
        scraps = null,
        on = driver,
      }: {
        readonly outcome?: "succeeded" | "failed" | "cancelled";
        readonly scraps?: string | null;
        readonly on?: Driver;
      } = {},
    ): Promise<string> {
      if (held === undefined) throw new Error("there is nothing to end");
      if (outcome === "succeeded") await begin(held, seconds);
      const completed = await completeAttempt(on, held, {
        ...ending(seconds, outcome),
        advancing,
        scraps: scraps === null ? null : { data: scraps, leftOut: [] },
      });
      return completed.kind;
    }
    async function begin(held: Held | undefined, seconds: number): Promise<void> {
      if (held === undefined) throw new Error("there is nothing to begin");
      const events = [{ kind: "cell-started", at: at(seconds), data: "{}" }];
      await appendAttemptEvents(driver, { ...held, first: 0, events, advancing, now: at(seconds) });
    }

    it("starts what follows in the transaction that ends what was before", async () => {
      const id = await start(
        [notebook("a"), notebook("b", { depends_on: ["a"] }), notebook("c", { depends_on: ["b"] })],
        1,
      );
      expect(await picture(id)).toBe("running | a ready, b waiting, c waiting");
      const { a } = Object.fromEntries(await claimAll(2));
      await begin(a, 3);
      expect(await picture(id)).toBe("running | a running, b waiting, c waiting");
      await end(a, 4, { scraps: '{"rows": 1.0}' });
      expect(await picture(id)).toBe("running | a succeeded, b ready, c waiting");
      expect(seen.at(-1)?.upstream.get("a")).toMatchObject({
        status: "succeeded",
        tasks: [{ scraps: '{"rows": 1.0}' }],
      });
      // Nothing but the database is asked for the next one.
      const { b } = Object.fromEntries(await claimAll(4));
      await end(b, 5);
      const { c } = Object.fromEntries(await claimAll(5));
      expect(await end(c, 6)).toBe("completed");
      expect(await end(c, 6)).toBe("known");
      expect(await picture(id)).toBe("succeeded | a succeeded, b succeeded, c succeeded");
      const events = await workflowEventsSince(driver, id, { after: 0, limit: 100 });
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(events.at(-1)).toMatchObject({
        kind: "workflow-run-status-changed",
        data: '{"status":"succeeded"}',
      });
      const steps = await listSteps(driver, id);
      expect(steps.find(({ step }) => step === "b")).toMatchObject({ startedAt: at(4), finishedAt: at(5) });
    });

    it("hears of a task whose beginning and end come at once", async () => {
      const id = await start([notebook("a"), notebook("b", { depends_on: ["a"] })], 50);
      const { a } = Object.fromEntries(await claimAll(51));
      if (a === undefined) throw new Error("nothing waits");
      const events = [{ kind: "cell-started", at: at(52), data: "{}" }];
      await completeAttempts(driver, [
        { holding: a, ending: { ...ending(53), advancing }, events: { first: 0, events } },
      ]);
      expect(await picture(id)).toBe("running | a succeeded, b ready");
      const [step] = await listSteps(driver, id);
      expect(step).toMatchObject({ step: "a", finishedAt: at(53) });
      const told = await workflowEventsSince(driver, id, { after: 0, limit: 100 });
      const ofStep = told
        .map(({ data }) => JSON.parse(data) as { readonly step?: string; readonly status: string })
        .filter(({ step: key }) => key === "a");
      expect([...new Set(ofStep.map(({ status }) => status))]).toEqual(["ready", "running", "succeeded"]);
      await end((await claimAll(54)).get("b"), 55);
    });

    it("starts what waits for two that end at once on two servers, once", async () => {
      for (let round = 0; round < 5; round++) {
        const seconds = 100 + round;
        const id = await start(
          [notebook("a"), notebook("b"), notebook("c", { depends_on: ["a", "b"] })],
          seconds,
        );
        const held = await claimAll(seconds);
        for (const it of held.values()) await begin(it, seconds);
        await Promise.all(
          [...held.values()].map((it, which) => end(it, seconds, { on: drivers[which] ?? driver })),
        );
        expect(await picture(id)).toBe("running | a succeeded, b succeeded, c ready");
        expect(await listTasks(driver, id, { steps: ["c"], after: null, limit: 10 })).toHaveLength(1);
        await end((await claimAll(seconds)).get("c"), seconds);
        expect(await picture(id)).toBe("succeeded | a succeeded, b succeeded, c succeeded");
      }
    });

    it("has done nothing where the transaction is cut off, and does all of it when it is tried again", async () => {
      const id = await start([notebook("a"), notebook("b", { depends_on: ["a"] })], 200);
      const held = (await claimAll(200)).get("a");
      const cut: Driver = {
        ...driver,
        tx: (body) =>
          driver.tx(async (queries) => {
            await body(queries);
            throw new Error("the server was killed");
          }),
      };
      await begin(held, 200);
      await expect(end(held, 201, { on: cut })).rejects.toThrow("killed");
      expect(await picture(id)).toBe("running | a running, b waiting");
      expect(await claimAll(201)).toEqual(new Map());
      await end(held, 202);
      expect(await picture(id)).toBe("running | a succeeded, b ready");
      await end((await claimAll(202)).get("b"), 203);
    });

    it("declines, fails for what cannot be worked out, and runs what waits for failures", async () => {
      const id = await start(
        [
          notebook("declined", { condition: "no" }),
          notebook("unclear", { condition: "bad", failure_mode: "ignore" }),
          { ...notebook("wrong"), path: "bad" },
          notebook("mend", { depends_on: ["wrong"], trigger_rule: "one_failed" }),
          notebook("after", { depends_on: ["wrong"] }),
        ],
        300,
      );
      await end((await claimAll(300)).get("mend"), 301);
      expect(await picture(id)).toBe(
        "failed | declined skipped, unclear failed, wrong failed, mend succeeded, after skipped",
      );
      const steps = await listSteps(driver, id);
      expect(steps.find(({ step }) => step === "unclear")?.problem).toContain("EXPRESSION_FAILED");
      const [task] = await listTasks(driver, id, { steps: ["wrong"], after: null, limit: 1 });
      expect(task).toMatchObject({ runId: null, problem: expect.stringContaining("parameters.x") as string });
    });

    it("runs the items of a foreach a few at a time, and begins with what did not succeed again", async () => {
      const steps = [
        notebook("each", { foreach: { cel: "3", concurrency: 2 } }),
        notebook("sum", { depends_on: ["each"] }),
      ];
      const id = await start(steps, 400);
      expect(await picture(id)).toBe("running | each ready rrw, sum waiting");
      const first = await core.claim(400, 10);
      expect(first.map(({ parameters }) => parameters)).toEqual(["0", "1"]);
      const [zero, one] = first.map(({ id: attemptId, fence, runId }) => ({ attemptId, fence, runId }));
      await end(zero, 401, { scraps: '{"n": 0}' });
      const [two] = (await core.claim(401, 10)).map(({ id: attemptId, fence, runId }) => ({
        attemptId,
        fence,
        runId,
      }));
      await end(one, 402, { outcome: "failed" });
      await end(two, 403);
      expect(await picture(id)).toBe("failed | each failed sfs, sum skipped");

      expect(await restartWorkflowRun(driver, id, { kind: "unsuccessful" }, asked(410))).toMatchObject({
        sequence: 2,
      });
      const again = await core.claim(410, 10);
      expect(again.map(({ parameters }) => parameters)).toEqual(["1"]);
      // One that is under way is not restarted.
      expect(await restartWorkflowRun(driver, id, { kind: "beginning" }, asked(411))).toMatchObject({
        sequence: 2,
      });
      const [mended] = again.map(({ id: attemptId, fence, runId }) => ({ attemptId, fence, runId }));
      await end(mended, 412, { scraps: '{"n": 1}' });
      // What was kept has its scraps from the sequence before.
      const tasks = seen.at(-1)?.upstream.get("each")?.tasks;
      expect(tasks?.map(({ item, scraps }) => [item, scraps])).toEqual([
        ["0", '{"n": 0}'],
        ["1", '{"n": 1}'],
        ["2", null],
      ]);
      await end((await claimAll(412)).get("sum"), 413);
      expect(await picture(id)).toBe("succeeded | each succeeded sss, sum succeeded");
    });

    /** Cancels a workflow-run and the runs that it marks. */
    async function cancelAll(id: string, seconds: number): Promise<number> {
      await cancelWorkflowRun(driver, id, asked(seconds));
      const marked = await runsToCancel(driver, 1000);
      for (const runId of marked)
        await cancelRun(driver, runId, { ...ending(seconds, "cancelled"), advancing });
      return marked.length;
    }

    it("cancels what waits at once, and is over when what runs is", async () => {
      const steps = [
        notebook("a"),
        { key: "nap", type: "wait", duration_ms: 60_000 },
        notebook("b", { depends_on: ["a"] }),
      ];
      const id = await start(steps, 600);
      const held = (await claimAll(600)).get("a");
      await begin(held, 600);
      expect(await cancelAll(id, 601)).toBe(1);
      // The runner has been told; nobody has to say it again.
      expect(await runsToCancel(driver, 10)).toEqual([]);
      expect(await picture(id)).toBe("running | a running, nap cancelled, b cancelled");
      await end(held, 602, { outcome: "cancelled" });
      expect(await picture(id)).toBe("cancelled | a cancelled, nap cancelled, b cancelled");
      const events = await workflowEventsSince(driver, id, { after: 0, limit: 100 });
      expect(events.find(({ kind }) => kind === "workflow-run-cancel-requested")?.data).toBe(
        '{"by":"ann","reason":"why"}',
      );
    });

    it("is cancelled and ends a step at once on two servers, in whatever order", async () => {
      for (let round = 0; round < 8; round++) {
        const id = await start([notebook("a"), notebook("b", { depends_on: ["a"] })], 650 + round);
        const held = (await claimAll(650 + round)).get("a");
        await begin(held, 650 + round);
        const [first, second] = drivers;
        await Promise.all([
          cancelWorkflowRun(first, id, asked(650 + round)),
          end(held, 650 + round, { on: second, outcome: round % 2 === 0 ? "failed" : "cancelled" }),
        ]);
        await cancelAll(id, 650 + round);
        expect(await picture(id)).toMatch(
          /^(cancelled|failed) \| a (cancelled|failed), b (cancelled|skipped)$/,
        );
      }
    });

    it("starts nothing while it is paused, and all of it afterwards", async () => {
      const id = await start([notebook("a"), notebook("b", { depends_on: ["a"], condition: "yes" })], 700);
      expect(await pauseWorkflowRun(driver, id, asked(701))).toMatchObject({
        pausedBy: "ann",
        pausedReason: "why",
      });
      await end((await claimAll(701)).get("a"), 702);
      expect(await picture(id)).toBe("running | a succeeded, b preparing");
      expect(await claimAll(703)).toEqual(new Map());
      expect(await resumeWorkflowRun(driver, id, asked(704))).toMatchObject({ pausedAt: null });
      await end((await claimAll(704)).get("b"), 705);
      expect(await picture(id)).toBe("succeeded | a succeeded, b succeeded");
    });

    it("ends waits, steps and itself when their time is over", async () => {
      const waits = await start(
        [{ key: "nap", type: "wait", duration_ms: 5000 }, notebook("b", { depends_on: ["nap"] })],
        800,
      );
      expect(await picture(waits)).toBe("running | nap running, b waiting");
      expect(await dueWorkflowRuns(driver, { now: at(804), limit: 10 })).toEqual([]);
      expect(await dueWorkflowRuns(driver, { now: at(805), limit: 10 })).toEqual([waits]);
      const looks = drivers.map((it) => lookAtWorkflowRun(it, waits, { ...advancing, now: at(805) }));
      await Promise.all(looks);
      expect(await picture(waits)).toBe("running | nap succeeded, b ready");
      await end((await claimAll(805)).get("b"), 806);
      expect(await picture(waits)).toBe("succeeded | nap succeeded, b succeeded");

      const late = await start([notebook("slow", { timeout_ms: 3000 })], 810, { timeout_ms: 60_000 });
      const held = (await claimAll(810)).get("slow");
      await begin(held, 810);
      await lookAtWorkflowRun(driver, late, { ...advancing, now: at(813) });
      expect(await runsToCancel(driver, 10)).toEqual([held?.runId]);
      await end(held, 814, { outcome: "cancelled" });
      expect(await picture(late)).toBe("failed | slow failed");

      const whole = await start([notebook("a")], 820, { timeout_ms: 3000 });
      expect(await dueWorkflowRuns(driver, { now: at(823), limit: 10 })).toEqual([whole]);
      await lookAtWorkflowRun(driver, whole, { ...advancing, now: at(823) });
      for (const runId of await runsToCancel(driver, 10))
        await cancelRun(driver, runId, { ...ending(823, "cancelled"), advancing });
      expect(await picture(whole)).toBe("timed_out | a cancelled");
      expect(await dueWorkflowRuns(driver, { now: at(900), limit: 10 })).toEqual([]);
    });

    it("tries a step again as its run says, and goes on after the last try", async () => {
      const id = await start([notebook("a"), notebook("b", { depends_on: ["a"] })], 1000);
      const first = (await claimAll(1000)).get("a");
      await completeAttempt(driver, first as Held, {
        ...ending(1001, "failed", { code: "KERNEL_DIED" }),
        outcome: "lost",
        advancing,
      });
      expect(await picture(id)).toBe("running | a ready, b waiting");
      await end((await claimAll(1100)).get("a"), 1101);
      expect(await picture(id)).toBe("running | a succeeded, b ready");
      await cancelAll(id, 1102);
    });

    it("starts one workflow-run for one key, however many ask", async () => {
      const workflow = await apply([notebook("a")]);
      const run = (): NewWorkflowRun => ({ ...newRun(workflow, 1200), idempotencyKey: "key" });
      const started = await Promise.all(drivers.map((it) => startWorkflowRun(it, run(), advancing)));
      expect(new Set(started.map((it) => it.run.id)).size).toBe(1);
      const other = await startWorkflowRun(driver, { ...run(), requestSha256: "other" }, advancing);
      expect(other.kind).toBe("key-reused");
      await cancelAll(other.run.id, 1201);
    });

    it("keeps versions, and makes none of what is the same", async () => {
      const workflow = await apply([notebook("a")]);
      const given = {
        id: newId(),
        owner: "ann",
        name: workflow.name,
        definition: "{}",
        by: "ann",
        now: at(1),
      };
      const same = JSON.stringify(
        (readWorkflow({ steps: [notebook("a")] }) as { workflow: Workflow }).workflow,
      );
      expect(await applyWorkflow(driver, { ...given, plan: same, sha256: same })).toMatchObject({
        kind: "unchanged",
      });
      const changed = await applyWorkflow(driver, { ...given, plan: "{}", sha256: "2" });
      expect(changed).toMatchObject({ kind: "changed", workflow: { id: workflow.id, activeVersion: 2 } });
    });

    workflowStartsContract({
      driver: () => driver,
      advancing,
      asked,
      apply: () => apply([notebook("a")]),
      applyDone: () => apply([notebook("a", { condition: "no" })]),
      applyTwo: () => apply([notebook("a"), notebook("b", { depends_on: ["a"] })]),
      seen: () => seen,
      newRun,
      claim: async (seconds, step = "a") => (await claimAll(seconds)).get(step),
      begin,
      end,
    });

    it("starts very many tasks a part at a time", async () => {
      const id = await start([notebook("each", { foreach: { cel: "60", concurrency: 500 } })], 3000);
      expect(await listTasks(driver, id, { steps: null, after: null, limit: 200 })).toHaveLength(50);
      expect(await dueWorkflowRuns(driver, { now: at(3000), limit: 10 })).toEqual([id]);
      await lookAtWorkflowRun(driver, id, { ...advancing, now: at(3001) });
      const page = await listTasks(driver, id, {
        steps: null,
        after: { step: "each", task: 55 },
        limit: 200,
      });
      expect(page.map(({ task }) => task)).toEqual([56, 57, 58, 59]);
      expect(await dueWorkflowRuns(driver, { now: at(3001), limit: 10 })).toEqual([]);
    });
  });
}
