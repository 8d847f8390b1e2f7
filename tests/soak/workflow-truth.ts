import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { WorkflowRunDetail } from "../../packages/api/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { isFinal } from "../../packages/schedules/src/index.ts";
import type { Fleet } from "../support/fleet.ts";

/** Longer than three attempts of two steps, one behind the other. */
const PATIENCE_MS = 240_000;

/** Starts a workflow-run: two steps at once, one that waits for both, one that wants to know whether one failed. */
export async function startJoin(fleet: Fleet): Promise<string> {
  const { client } = fleet.servers[0] ?? assert.fail("there is no server");
  const step = (key: string, seconds: number, more: object = {}): object => {
    const parameters = { tag: `flow-${key}`, seconds };
    return { key, type: "notebook", path: "~/ticking.ipynb", parameters, ...more };
  };
  const both = { depends_on: ["left", "right"] };
  const steps = [
    step("left", 0.3),
    step("right", 0.1),
    step("join", 0.1, both),
    step("mend", 0.1, { ...both, trigger_rule: "one_failed" }),
  ];
  const { workflow } = await client.applyWorkflow({
    name: "join",
    definition: new RawJson(JSON.stringify({ steps })),
  });
  return (await client.startWorkflow(workflow?.id ?? "", {}, { idempotencyKey: "join" })).id;
}

/**
 * Waits until a workflow-run is over and compares its steps with their runs.
 *
 * @throws where it does not end, where a step is elsewhere than its run, where a step
 * was started that should not have been, or not, or twice, and at events with gaps.
 */
export async function assertJoinTruth(fleet: Fleet, id: string): Promise<void> {
  const { client } = fleet.servers.at(-1) ?? assert.fail("there is no server");
  const run = await untilOver(fleet, id);
  const says = JSON.stringify(run);
  const { tasks } = await client.listWorkflowTasks(id, { limit: 200 });
  const started = run.steps.filter(({ run_id: it }) => it !== null);
  assert.equal(tasks.length, started.length, says);
  for (const step of started) {
    const { status, workflow_run_id: owner } = await client.getRun(step.run_id ?? "");
    assert.ok(isFinal(status), says);
    assert.equal(owner, id);
    assert.equal(step.status, status === "succeeded" ? "succeeded" : "failed", says);
  }
  const statusOf = (key: string): string | undefined => run.steps.find((it) => it.key === key)?.status;
  const hasFailed = [statusOf("left"), statusOf("right")].includes("failed");
  assert.equal(statusOf("join") === "skipped", hasFailed, says);
  assert.equal(statusOf("mend") === "skipped", !hasFailed, says);
  assert.equal(
    run.status,
    started.every(({ status }) => status === "succeeded") ? "succeeded" : "failed",
    says,
  );
  const seqs = [];
  for await (const { seq } of client.followWorkflowRun(id)) seqs.push(seq);
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => index + 1),
    "numbers of the events of a workflow-run",
  );
}

async function untilOver(fleet: Fleet, id: string): Promise<WorkflowRunDetail> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const run = await fleet.servers[0]?.client.getWorkflowRun(id);
    if (run && run.finished_at !== null) return run;
    if (performance.now() > deadline) assert.fail(`the workflow-run is not over: ${JSON.stringify(run)}`);
    await pause(50);
  }
}
