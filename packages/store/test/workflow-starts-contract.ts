import { expect, it } from "vitest";
import {
  advanceBackfill,
  type Advancing,
  type Asked,
  cancelBackfill,
  cancelWorkflowRun,
  createBackfill,
  createTrigger,
  deleteTrigger,
  type Driver,
  dueTriggers,
  fireTrigger,
  fireTriggers,
  firstFailedRun,
  followEnded,
  getBackfill,
  getWorkflowRunState,
  lastWorkflowRuns,
  listBackfillSlots,
  listMessages,
  listSlots,
  type NewWorkflowRun,
  noteManifestsWritten,
  postOverdue,
  pruneRun,
  restartWorkflowRun,
  type RunOfSlot,
  startWorkflowByHand,
  startWorkflowRun,
  type StoredTrigger,
  type StoredWorkflow,
  succeededSlots,
  type TaskFacts,
  unwrittenManifests,
  updateTrigger,
} from "../src/index.ts";
import { at, newId, SETTINGS } from "./core.ts";

/** What is needed to report on an attempt. */
export interface Held {
  readonly attemptId: string;
  readonly fence: number;
  readonly runId: string;
}

/** What the contract needs of the tests around it. */
export interface WorkflowStartsOptions {
  readonly driver: () => Driver;
  readonly advancing: Advancing;
  readonly asked: (seconds: number) => Asked;
  /** Makes a workflow with one step. */
  readonly apply: () => Promise<StoredWorkflow>;
  /** Makes one whose only step is declined, so that it succeeds where it is started. */
  readonly applyDone: () => Promise<StoredWorkflow>;
  /** Makes one with a step `b` behind it. */
  readonly applyTwo: () => Promise<StoredWorkflow>;
  /** What tasks were planned from, in order. */
  readonly seen: () => readonly TaskFacts[];
  readonly newRun: (workflow: StoredWorkflow, seconds: number) => NewWorkflowRun;
  /** Claims the attempt of a step, by default the first. */
  readonly claim: (seconds: number, step?: string) => Promise<Held | undefined>;
  readonly begin: (held: Held | undefined, seconds: number) => Promise<void>;
  readonly end: (
    held: Held | undefined,
    seconds: number,
    how?: { readonly outcome: "succeeded" | "failed" | "cancelled"; readonly scraps?: string },
  ) => Promise<string>;
}

/** What has to be of workflow-runs that are started in a special way. */
export function workflowStartsContract(options: WorkflowStartsOptions): void {
  const { driver, advancing, asked, apply, applyDone, applyTwo, seen, newRun, claim, begin, end } = options;

  async function schedule(
    name: string,
    workflow: StoredWorkflow,
    seconds: number,
    spec: StoredTrigger["spec"] = { kind: "interval", everyMs: 60_000, anchor: at(0).getTime() },
  ): Promise<StoredTrigger> {
    const trigger = await createTrigger(driver(), {
      id: newId(),
      owner: "ann",
      name,
      path: null,
      workflowId: workflow.id,
      kernelName: null,
      parameters: "{}",
      files: [],
      settings: SETTINGS,
      priority: 0,
      tags: [],
      spec,
      catchUp: { kind: "latest" },
      concurrency: { kind: "sequential" },
      maxJitterMs: 0,
      graceMs: 60_000,
      sourceHash: null,
      now: at(seconds),
    });
    if (trigger === null) throw new Error("the name is taken");
    return trigger;
  }

  it("is backfilled, by the version of then, so many at a time, and cancelled with what runs", async () => {
    const workflow = await apply();
    const trigger = await schedule("backfilled", workflow, 2600);
    const slots = [0, 60, 120].map((seconds) => ({
      slot: at(seconds),
      parameters: `{"n":${seconds}.0}`,
      occasion: `{"slot":${seconds}}`,
    }));
    const { id: triggerId } = trigger;
    const made = await createBackfill(driver(), {
      id: newId(),
      owner: "ann",
      triggerId,
      from: at(0),
      until: at(180),
      concurrency: 1,
      path: null,
      sourceHash: null,
      sweep: null,
      workflowId: workflow.id,
      workflowVersion: workflow.activeVersion,
      kernelName: null,
      settings: SETTINGS,
      priority: 0,
      tags: [],
      slots,
      now: at(2601),
    });
    if (made.kind !== "created") throw new Error(made.kind);
    expect(made.backfill).toMatchObject({ path: null, workflowName: workflow.name });
    const advance = (seconds: number) =>
      advanceBackfill(driver(), made.backfill.id, {
        now: at(seconds),
        runOf: (backfill, { parameters, occasion }) => ({
          workflowRun: {
            ...newRun({ ...workflow, activeVersion: backfill.workflowVersion ?? 0 }, seconds),
            parameters,
            occasion: occasion ?? "",
          },
          advancing,
        }),
      });
    const [first = ""] = (await advance(2602))?.started ?? [];
    expect((await getWorkflowRunState(driver(), first))?.run).toMatchObject({
      parameters: '{"n":0.0}',
      occasion: '{"slot":0}',
    });
    expect((await advance(2603))?.started).toEqual([]);
    await end(await claim(2604), 2604);
    const second = (await advance(2605))?.started;
    expect(second).toHaveLength(1);
    expect(await succeededSlots(driver(), triggerId, { from: at(0), until: at(180) })).toEqual([at(0)]);
    await cancelBackfill(driver(), made.backfill.id, { by: "ann", now: at(2606) });
    expect(await advance(2607)).toMatchObject({
      toCancel: [],
      workflowRunsToCancel: second,
      isOver: false,
    });
    await cancelWorkflowRun(driver(), second?.[0] ?? "", asked(2607));
    await end(await claim(2608), 2608, { outcome: "cancelled" });
    expect(await advance(2609)).toMatchObject({ workflowRunsToCancel: [], isOver: true });
    const listed = await listBackfillSlots(driver(), made.backfill.id, { limit: 10 });
    expect(listed.map(({ state, runStatus }) => [state, runStatus])).toEqual([
      ["over", "succeeded"],
      ["over", "cancelled"],
      ["cancelled", null],
    ]);
    expect(await getBackfill(driver(), made.backfill.id)).toMatchObject({
      counts: { succeeded: 1, cancelled: 2 },
    });
  });

  it("tells of its end by rules of its own, and once more after a restart", async () => {
    const rule = { id: newId(), on: ["failed", "slow"], afterMs: 60_000, how: "{}" } as const;
    const workflow = await apply();
    const withRules = { ...newRun(workflow, 2700), rules: [rule] };
    const { run } = await startWorkflowRun(driver(), withRules, advancing);
    const told = async (): Promise<readonly string[]> =>
      (await listMessages(driver(), { workflowRunId: run.id, limit: 10 })).map(({ event }) => event);
    const held = await claim(2700);
    await begin(held, 2701);
    await postOverdue(driver(), at(2750));
    expect(await told()).toEqual([]);
    await postOverdue(driver(), at(2800));
    await postOverdue(driver(), at(2801));
    expect(await told()).toEqual(["slow"]);
    await end(held, 2802, { outcome: "failed" });
    expect(await told()).toEqual(["failed", "slow"]);
    expect(await firstFailedRun(driver(), run.id)).toBe(held?.runId);
    await restartWorkflowRun(driver(), run.id, { kind: "unsuccessful" }, asked(2803));
    expect(await firstFailedRun(driver(), run.id)).toBeNull();
    await end(await claim(2804), 2805, { outcome: "failed" });
    expect(await told()).toEqual(["failed", "failed", "slow"]);
  });

  it("knows the newest run of each of many workflows", async () => {
    const workflow = await applyTwo();
    await startWorkflowRun(driver(), newRun(workflow, 2870), advancing);
    await end(await claim(2871), 2872, { outcome: "failed" });
    const { run } = await startWorkflowRun(driver(), newRun(workflow, 2873), advancing);
    await end(await claim(2874), 2875, { outcome: "failed" });
    const last = await lastWorkflowRuns(driver(), [newId(), workflow.id]);
    expect([...last].map(([id, { id: runId, status }]) => [id, runId, status])).toEqual([
      [workflow.id, run.id, "failed"],
    ]);
    expect(await lastWorkflowRuns(driver(), [])).toEqual(new Map());
  });

  it("goes on after a restart with what was recorded, though the runs of that have been pruned", async () => {
    const { run } = await startWorkflowRun(driver(), newRun(await applyTwo(), 2900), advancing);
    const first = await claim(2900);
    await end(first, 2901, { outcome: "succeeded", scraps: '{"rows": 1.0}' });
    await end(await claim(2902, "b"), 2903, { outcome: "failed" });
    await noteManifestsWritten(
      driver(),
      (await unwrittenManifests(driver(), { after: 0, limit: 100 })).map(({ seq }) => seq),
    );
    // A later run of the same notebook, so that this one is not the latest that succeeded.
    await driver().query("update run set status = 'failed' where id = $1", [first?.runId ?? ""]);
    const pruned = { now: at(2904), tombstone: () => "{}" };
    expect(await pruneRun(driver(), first?.runId ?? "", pruned)).toBe(true);
    await restartWorkflowRun(driver(), run.id, { kind: "unsuccessful" }, asked(2905));
    await end(await claim(2906, "b"), 2907);
    const upstream = seen().at(-1)?.upstream.get("a");
    expect(upstream).toMatchObject({ status: "succeeded", tasks: [{ scraps: '{"rows": 1.0}' }] });
    expect((await getWorkflowRunState(driver(), run.id))?.run.status).toBe("succeeded");
  });

  it("ends a circle of triggers whose workflow-runs end at once, and looks at each of them again", async () => {
    const workflow = await applyDone();
    const after = (triggerId: string) =>
      ({ kind: "after", path: null, triggerId, outcomes: ["succeeded"] }) as const;
    const begun = await schedule("one", workflow, 2200);
    const other = await schedule("other", workflow, 2200, after(begun.id));
    const changed = await updateTrigger(driver(), begun, { ...begun, spec: after(other.id) }, at(2200));
    if (changed.kind !== "changed") throw new Error(changed.kind);
    const runOf: RunOfSlot = ({ id }) => ({
      workflowRun: { ...newRun(workflow, 2200), triggerId: id },
      advancing,
    });
    const triggers = [changed.trigger, other];
    const ids = triggers.map(({ id }) => id);
    // Both, so that each is given a slot by the transaction that fires it.
    for (const trigger of triggers) {
      const run = { ...newRun(workflow, 2200), triggerId: trigger.id };
      const place = { slotId: newId(), slot: at(2190) };
      await startWorkflowByHand(driver(), trigger, { run, advancing, ...place });
    }
    let seconds = 2200;
    const isDue = async (): Promise<boolean> =>
      (await dueTriggers(driver(), { now: at(seconds), limit: 100 })).some(({ id }) => ids.includes(id));
    for (; seconds < 2250 && (await isDue()); seconds += 1) {
      const firings = triggers.map((trigger) => ({ trigger, runOf }));
      await fireTriggers(driver(), firings, { now: at(seconds), newId });
    }
    const slots = (await Promise.all(ids.map((id) => listSlots(driver(), id, { limit: 100 })))).flat();
    const ended = slots.filter(({ skipped }) => skipped?.includes("SLOT_CIRCLE"));
    expect([slots.length, ended.length]).toEqual([36, 2]);
    // All stand for the instant of the first, and nothing waits.
    expect(new Set(slots.map(({ slot }) => slot.getTime()))).toEqual(new Set([at(2190).getTime()]));
    expect(slots.filter(({ state }) => state === "waiting")).toEqual([]);
    for (const id of ids) await deleteTrigger(driver(), id, at(2201));
  });

  it("ends a circle of a trigger that follows what its own workflow runs", async () => {
    const workflow = await apply();
    const spec = { kind: "after", path: "a", triggerId: null, outcomes: ["succeeded"] } as const;
    const trigger = await schedule("follows its step", workflow, 2300, spec);
    const runOf: RunOfSlot = () => ({
      workflowRun: { ...newRun(workflow, 2300), triggerId: trigger.id },
      advancing,
    });
    await startWorkflowRun(driver(), newRun(workflow, 2300), advancing);
    for (let rounds = 0, live = 1; rounds < 50 && live > 0; rounds += 1) {
      await end(await claim(2300), 2300);
      while (await followEnded(driver(), { now: at(2300), newId }));
      live = (await fireTrigger(driver(), trigger, { now: at(2300), newId, runOf }))?.started.length ?? 0;
    }
    const slots = await listSlots(driver(), trigger.id, { limit: 100 });
    expect(slots).toHaveLength(17);
    expect(slots[0]?.skipped).toContain("SLOT_CIRCLE");
    await deleteTrigger(driver(), trigger.id, at(2301));
  });

  it("is started by a slot, one after the other", async () => {
    const workflow = await apply();
    const trigger = await schedule("hourly", workflow, 2001);
    expect(trigger.workflowName).toBe(workflow.name);
    const fire = (seconds: number) =>
      fireTrigger(driver(), trigger, {
        now: at(seconds),
        newId,
        runOf: () => ({ workflowRun: { ...newRun(workflow, seconds), triggerId: trigger.id }, advancing }),
      });
    const first = await fire(2040);
    expect(first?.started).toHaveLength(1);
    expect(await fire(2100)).toMatchObject({ started: [] });
    await end(await claim(2100), 2101);
    expect((await fire(2102))?.started).toHaveLength(1);
    const slots = await listSlots(driver(), trigger.id, { limit: 10 });
    expect(slots.map(({ state, runStatus }) => [state, runStatus])).toEqual([
      ["started", "running"],
      ["over", "succeeded"],
    ]);
  });
}
