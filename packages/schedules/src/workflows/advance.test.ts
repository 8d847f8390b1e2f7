import { describe, expect, it } from "vitest";
import { advance, newWorkflowRun } from "./advance.ts";
import { readWorkflow } from "./read-workflow.ts";
import { restart, type RestartFrom } from "./restart.ts";
import type { Workflow } from "./workflow-definition.ts";
import type { WorkflowRunCommand, WorkflowRunEvent, WorkflowRunTransition } from "./workflow-run-event.ts";

/** A workflow by its dependencies: `a`, `b < a`, with more fields where a test needs them. */
function workflowOf(steps: Readonly<Record<string, object>>): Workflow {
  const read = readWorkflow({
    steps: Object.entries(steps).map(([text, more]) => {
      const [key, needs] = text.split(" < ");
      return { key, type: "notebook", path: "p", depends_on: needs?.split(" ") ?? [], ...more };
    }),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.workflow;
}

function commandText(command: WorkflowRunCommand): string {
  if (command.type === "finish-run") return `finish ${command.status}`;
  const verb = command.type.slice(0, command.type.indexOf("-"));
  return command.type === "prepare-step"
    ? `${verb} ${command.step}`
    : `${verb} ${command.step}${command.task}`;
}

const OUTCOMES = { "+": "succeeded", "-": "failed", x: "cancelled" } as const;

/** An event by its short form: `+a0` succeeded, `-a0` failed, `xa0` cancelled, `>a0` started, `a=3` prepared, `a!` declined. */
function eventOf(text: string): WorkflowRunEvent | RestartFrom {
  const [, mark, step = "", task] = /^([-+x>])(\w+?)(\d+)$/.exec(text) ?? [];
  if (mark === ">") return { type: "task-started", step, task: Number(task) };
  if (mark === "+" || mark === "-" || mark === "x") {
    return { type: "task-finished", step, task: Number(task), outcome: OUTCOMES[mark] };
  }
  const [key = "", count] = text.split("=");
  if (count !== undefined) return { type: "step-prepared", step: key, count: Number(count) };
  if (text.endsWith("!")) return { type: "step-declined", step: text.slice(0, -1) };
  if (text.endsWith("?")) return { type: "preparation-failed", step: text.slice(0, -1) };
  if (text.endsWith("~")) return { type: "step-timed-out", step: text.slice(0, -1) };
  if (text.startsWith("again from ")) return { kind: "step", step: text.slice("again from ".length) };
  if (text === "again") return { kind: "unsuccessful" };
  if (text === "from the beginning") return { kind: "beginning" };
  if (text === "cancel") return { type: "cancel-requested" };
  if (text === "time out") return { type: "run-timed-out" };
  throw new Error(`no event is written ${text}`);
}

/** The commands after the start and after each event, and where each step is in the end. */
function trace(workflow: Workflow, ...events: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let last: WorkflowRunTransition = advance(workflow, newWorkflowRun(workflow), { type: "run-started" });
  const add = (): unknown => lines.push(last.commands.map(commandText).join(", "));
  add();
  for (const text of events) {
    const event = eventOf(text);
    last = "kind" in event ? restart(workflow, last.state, event) : advance(workflow, last.state, event);
    add();
  }
  const steps = Object.entries(last.state.steps).map(([key, { status }]) => `${key} ${status}`);
  return [...lines, steps.join(", ")];
}

describe("advance", () => {
  it("runs steps after those they depend on", () => {
    expect(trace(workflowOf({ "c < a b": {}, a: {}, b: {} }), ">a0", "+a0", "+b0", "+c0")).toEqual([
      "start a0, start b0",
      "",
      "",
      "start c0",
      "finish succeeded",
      "c succeeded, a succeeded, b succeeded",
    ]);
  });

  it("skips what depends on a failure, lets what runs end, and starts nothing else", () => {
    const workflow = workflowOf({ a: {}, b: {}, "c < a": {}, "d < b": {} });
    expect(trace(workflow, "-a0", "+b0")).toEqual([
      "start a0, start b0",
      "",
      "finish failed",
      "a failed, b succeeded, c skipped, d skipped",
    ]);
  });

  it("ends everything at once when a step says so", () => {
    const workflow = workflowOf({
      a: { failure_mode: "fail_immediately" },
      b: {},
      "c < a": { trigger_rule: "all_done" },
    });
    expect(trace(workflow, "-a0", "xb0")).toEqual([
      "start a0, start b0",
      "cancel b0",
      "finish failed",
      "a failed, b cancelled, c cancelled",
    ]);
  });

  it("goes on after a failure that is ignored", () => {
    const workflow = workflowOf({
      a: { failure_mode: "ignore" },
      "b < a": {},
      "c < a": { trigger_rule: "one_failed" },
    });
    expect(trace(workflow, "-a0", "+b0")).toEqual([
      "start a0",
      "start b0",
      "finish succeeded",
      "a failed, b succeeded, c skipped",
    ]);
  });

  it("runs what asks for failures, once all its dependencies are decided", () => {
    const workflow = workflowOf({
      a: {},
      b: {},
      "tell < a b": { trigger_rule: "one_failed" },
      "tidy < a b": { trigger_rule: "all_done" },
    });
    expect(trace(workflow, "-a0", "+b0", "+tell0", "+tidy0")).toEqual([
      "start a0, start b0",
      "",
      "start tell0, start tidy0",
      "",
      "finish failed",
      "a failed, b succeeded, tell succeeded, tidy succeeded",
    ]);
  });

  it("leaves out what asks for failures when there is none", () => {
    const workflow = workflowOf({ a: {}, "tell < a": { trigger_rule: "one_failed" } });
    expect(trace(workflow, "+a0")).toEqual(["start a0", "finish succeeded", "a succeeded, tell skipped"]);
  });

  it("asks for conditions, and skips a step whose condition does not hold with what needs it", () => {
    const workflow = workflowOf({
      a: { condition: "x" },
      "b < a": {},
      "c < a": { trigger_rule: "all_done" },
    });
    expect(trace(workflow, "a!", "+c0")).toEqual([
      "prepare a",
      "start c0",
      "finish succeeded",
      "a skipped, b skipped, c succeeded",
    ]);
    expect(trace(workflow, "a=1", "+a0", "+b0", "+c0")).toEqual([
      "prepare a",
      "start a0",
      "start b0, start c0",
      "",
      "finish succeeded",
      "a succeeded, b succeeded, c succeeded",
    ]);
    expect(trace(workflow, "a?", "+c0")).toEqual([
      "prepare a",
      "start c0",
      "finish failed",
      "a failed, b skipped, c succeeded",
    ]);
  });

  const each = (concurrency: number, more: object = {}): Workflow =>
    workflowOf({ a: { foreach: { cel: "x", concurrency }, ...more } });

  it("runs the items of a foreach, some at a time", () => {
    expect(trace(each(2), "a=3", "+a1", ">a2", "+a2", "+a0")).toEqual([
      "prepare a",
      "start a0, start a1",
      "start a2",
      "",
      "",
      "finish succeeded",
      "a succeeded",
    ]);
  });

  it("takes a foreach over nothing for a success, and refuses one over too much", () => {
    expect(trace(each(2), "a=0")).toEqual(["prepare a", "finish succeeded", "a succeeded"]);
    expect(trace(each(2), "a=10001")).toEqual(["prepare a", "finish failed", "a failed"]);
  });

  it("starts no more items after one failed, unless failures are ignored", () => {
    expect(trace(each(2), "a=4", "-a0", "+a1")).toEqual([
      "prepare a",
      "start a0, start a1",
      "",
      "finish failed",
      "a failed",
    ]);
    expect(trace(each(2, { failure_mode: "fail_immediately" }), "a=4", "-a0", "xa1").slice(1)).toEqual([
      "start a0, start a1",
      "cancel a1",
      "finish failed",
      "a failed",
    ]);
    expect(trace(each(2, { failure_mode: "ignore" }), "a=3", "-a0", "+a1", "+a2").slice(1)).toEqual([
      "start a0, start a1",
      "start a2",
      "",
      "finish succeeded",
      "a failed",
    ]);
  });

  it("ends everything when it is cancelled or its time is over", () => {
    const workflow = workflowOf({
      a: {},
      b: { foreach: { cel: "x" } },
      "c < a": { trigger_rule: "all_done" },
    });
    expect(trace(workflow, "cancel", "xa0", "b=3")).toEqual([
      "start a0, prepare b",
      "cancel a0",
      "finish cancelled",
      "",
      "a cancelled, b cancelled, c cancelled",
    ]);
    expect(trace(workflow, "b=2", "time out", "+a0", "-b0", "cancel")).toEqual([
      "start a0, prepare b",
      "start b0",
      "cancel a0, cancel b0",
      "",
      "finish timed_out",
      "",
      "a succeeded, b failed, c cancelled",
    ]);
  });

  it("ends a run that has not begun at once", () => {
    const workflow = workflowOf({ a: {} });
    const { state, commands } = advance(workflow, newWorkflowRun(workflow), { type: "cancel-requested" });
    expect([state.status, commands.map(commandText)]).toEqual(["cancelled", ["finish cancelled"]]);
  });

  it("keeps the first reason when a failing run is cancelled", () => {
    const workflow = workflowOf({ a: {}, b: {} });
    expect(trace(workflow, "-a0", "cancel", "xb0").slice(1)).toEqual([
      "",
      "cancel b0",
      "finish failed",
      "a failed, b cancelled",
    ]);
  });

  it("lets a step fail that took too long, or whose task was ended alone", () => {
    const workflow = workflowOf({ a: {}, b: {} });
    expect(trace(workflow, "a~", "a~", "xa0", "+b0").slice(1)).toEqual([
      "cancel a0",
      "",
      "",
      "finish failed",
      "a failed, b succeeded",
    ]);
    expect(trace(workflow, "xa0", "+b0").slice(1)).toEqual(["", "finish failed", "a failed, b succeeded"]);
  });
});

describe("restart", () => {
  const chain = workflowOf({ a: {}, "b < a": {}, "c < b": {} });

  it("does what did not succeed, and what depends on it, again", () => {
    const workflow = workflowOf({ a: {}, b: {}, "c < a b": {}, "tell < a": { trigger_rule: "one_failed" } });
    expect(trace(workflow, "-a0", "+b0", "+tell0", "again", "+a0", "+c0").slice(4)).toEqual([
      "start a0",
      "start c0",
      "finish succeeded",
      "a succeeded, b succeeded, c succeeded, tell skipped",
    ]);
  });

  it("keeps the items of a foreach that succeeded", () => {
    const workflow = workflowOf({ a: { foreach: { cel: "x", concurrency: 2 } } });
    expect(trace(workflow, "a=3", "+a0", "-a1", "+a2", "again", "+a1").slice(4)).toEqual([
      "finish failed",
      "start a1",
      "finish succeeded",
      "a succeeded",
    ]);
  });

  it("begins with a step, whatever came before it", () => {
    expect(trace(chain, "+a0", "+b0", "-c0", "again from b", "+b0", "+c0").slice(3)).toEqual([
      "finish failed",
      "start b0",
      "start c0",
      "finish succeeded",
      "a succeeded, b succeeded, c succeeded",
    ]);
    // What failed before it and was not done again is not forgotten.
    expect(trace(chain, "-a0", "again from b", "+b0", "+c0").slice(2)).toEqual([
      "start b0",
      "start c0",
      "finish failed",
      "a failed, b succeeded, c succeeded",
    ]);
  });

  it("does everything again", () => {
    expect(trace(chain, "+a0", "+b0", "+c0", "from the beginning").slice(3)).toEqual([
      "finish succeeded",
      "start a0",
      "a ready, b waiting, c waiting",
    ]);
  });

  it("leaves a run alone that is not over, and knows its steps", () => {
    expect(trace(chain, "again")).toEqual(["start a0", "", "a ready, b waiting, c waiting"]);
    expect(() => trace(chain, "-a0", "again from z")).toThrow(
      expect.objectContaining({ code: "STEP_UNKNOWN" }),
    );
  });
});
