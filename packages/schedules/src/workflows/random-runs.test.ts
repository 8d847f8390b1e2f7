import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canMove } from "../moves.ts";
import { advance, newWorkflowRun } from "./advance.ts";
import { readWorkflow } from "./read-workflow.ts";
import { restart, type RestartFrom } from "./restart.ts";
import type { Workflow } from "./workflow-definition.ts";
import type { WorkflowRunCommand, WorkflowRunEvent, WorkflowRunTransition } from "./workflow-run-event.ts";
import { isDecided, STEP_MOVES, WORKFLOW_RUN_MOVES, type WorkflowRunState } from "./workflow-run-state.ts";

/** A workflow of up to eight steps. Each may depend on those drawn before it; the file has them in any order. */
const anyWorkflow: fc.Arbitrary<Workflow> = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(7), { maxLength: 3 }),
      rule: fc.constantFrom("all_succeeded", "all_succeeded", "all_done", "one_failed"),
      mode: fc.constantFrom("fail_after_running", "fail_after_running", "fail_immediately", "ignore"),
      concurrency: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      hasCondition: fc.boolean(),
      place: fc.nat(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drafts) => {
    const steps = drafts.map(({ needs, rule, mode, concurrency, hasCondition, place }, index) => {
      const depends_on = [...new Set(needs.filter((it) => it < index))].map((it) => `s${it}`);
      const step = {
        key: `s${index}`,
        type: "notebook",
        path: "p",
        depends_on,
        trigger_rule: depends_on.length === 0 && rule === "one_failed" ? "all_done" : rule,
        failure_mode: mode,
        ...(concurrency === undefined ? {} : { foreach: { cel: "items", concurrency } }),
        ...(hasCondition ? { condition: "holds" } : {}),
      };
      return { step, place };
    });
    const read = readWorkflow({ steps: steps.sort((a, b) => a.place - b.place).map(({ step }) => step) });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.workflow;
  });

/** Numbers that decide what happens next; when they are used up, everything goes well. */
const anyChance = fc.array(fc.nat(99), { maxLength: 120 });

/** What the world owes an answer. */
type Pending = Exclude<WorkflowRunCommand, { type: "finish-run" | "cancel-task" }>;

/** A world that answers commands by chance, and checks what no run may do. */
class World {
  readonly pending: Pending[] = [];
  readonly cancelled = new Set<string>();
  readonly started = new Set<string>();
  readonly ends: string[] = [];
  state: WorkflowRunState;
  isCancelRequested = false;
  private readonly workflow: Workflow;
  private readonly chance: number[];

  constructor(workflow: Workflow, chance: readonly number[]) {
    this.workflow = workflow;
    this.chance = [...chance];
    this.state = deepFreeze(newWorkflowRun(workflow));
  }

  draw(): number {
    return this.chance.shift() ?? 50;
  }

  /** From here on all goes well. */
  calm(): void {
    this.chance.length = 0;
  }

  run(): void {
    let events = 0;
    while (this.pending.length > 0) {
      const [command] = this.pending.splice(this.draw() % this.pending.length, 1);
      if (command !== undefined) this.answer(command);
      expect(events++).toBeLessThan(1000);
    }
  }

  private answer(command: Pending): void {
    const chance = this.draw();
    const { step } = command;
    if (chance === 0) this.happen({ type: "cancel-requested" });
    else if (chance === 1) this.happen({ type: "run-timed-out" });
    else if (chance === 2) this.happen({ type: "step-timed-out", step });
    if (command.type === "prepare-step") {
      const hasForeach = this.workflow.steps.find(({ key }) => key === step)?.foreach !== undefined;
      if (chance > 90) this.happen({ type: "step-declined", step });
      else if (chance > 80) this.happen({ type: "preparation-failed", step });
      else this.happen({ type: "step-prepared", step, count: hasForeach ? chance % 5 : 1 });
      return;
    }
    const { task } = command;
    if (chance % 3 === 0) this.happen({ type: "task-started", step, task });
    // A task that was asked to end may have been done already.
    const isCancelled = this.cancelled.has(`${step} ${task}`) && chance % 2 === 0;
    const outcome = isCancelled ? "cancelled" : chance > 70 ? "failed" : "succeeded";
    const event = { type: "task-finished", step, task, outcome } as const;
    this.happen(event);
    // The answer may come twice.
    expect(advance(this.workflow, this.state, event)).toEqual({ state: this.state, commands: [] });
  }

  happen(event: WorkflowRunEvent): void {
    this.take(advance(this.workflow, this.state, event), event);
  }

  again(from: RestartFrom): void {
    this.started.clear();
    this.cancelled.clear();
    this.take(restart(this.workflow, this.state, from), null);
  }

  private take({ state, commands }: WorkflowRunTransition, event: WorkflowRunEvent | null): void {
    const before = this.state;
    this.state = deepFreeze(state);
    if (event !== null) this.checkMoves(before);
    for (const command of commands) this.checkCommand(command);
    const isFinal = WORKFLOW_RUN_MOVES[state.status].length === 0;
    if (isFinal) expect(Object.values(state.steps).every(({ status }) => isDecided(status))).toBe(true);
  }

  private checkMoves(before: WorkflowRunState): void {
    const { state } = this;
    if (state.status !== before.status && before.status !== "queued") {
      expect(canMove(WORKFLOW_RUN_MOVES, before.status, state.status)).toBe(true);
    }
    for (const [key, { status }] of Object.entries(state.steps)) {
      const from = before.steps[key]?.status ?? "waiting";
      expect(from === status || canMove(STEP_MOVES, from, status)).toBe(true);
    }
  }

  private checkCommand(command: WorkflowRunCommand): void {
    if (command.type === "finish-run") {
      expect(this.state.status).toBe(command.status);
      expect(this.pending.filter(({ type }) => type === "start-task")).toEqual([]);
      this.ends.push(command.status);
      return;
    }
    const step = this.workflow.steps.find(({ key }) => key === command.step);
    const name = command.type === "prepare-step" ? command.step : `${command.step} ${command.task}`;
    if (command.type === "cancel-task") {
      expect(this.started.has(name) && !this.cancelled.has(name)).toBe(true);
      this.cancelled.add(name);
      return;
    }
    // Nothing starts before what it depends on is decided, nor twice, nor after everything was ended.
    for (const key of step?.depends_on ?? []) {
      expect(isDecided(this.state.steps[key]?.status ?? "waiting")).toBe(true);
    }
    expect(this.started.has(name)).toBe(false);
    expect(this.state.stop?.cancelsTasks ?? false).toBe(false);
    this.started.add(name);
    this.pending.push(command);
    const running = this.pending.filter((it) => it.type === "start-task" && it.step === command.step);
    expect(running.length).toBeLessThanOrEqual(step?.foreach?.concurrency ?? 1);
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** What a run must have come to, by its steps. */
function checkEnd({ state }: World, workflow: Workflow): void {
  const failed = workflow.steps.filter(({ key }) => state.steps[key]?.status === "failed");
  const hasFailed = failed.some(({ failure_mode }) => failure_mode !== "ignore");
  if (state.status === "succeeded") expect(hasFailed).toBe(false);
  if (state.status === "failed") expect(hasFailed).toBe(true);
  if (state.stop === null) expect(state.status).toBe(hasFailed ? "failed" : "succeeded");
  if (state.stop === null && !hasFailed) {
    expect(Object.values(state.steps).map(({ status }) => status)).not.toContain("cancelled");
  }
  for (const { key, depends_on, trigger_rule } of workflow.steps) {
    const didRun = (state.steps[key]?.tasks.length ?? 0) > 0;
    if (!didRun || trigger_rule !== "all_succeeded" || state.steps[key]?.isForced) continue;
    for (const it of depends_on) {
      const isIgnored = workflow.steps.find((step) => step.key === it)?.failure_mode === "ignore";
      expect(isIgnored ? ["succeeded", "failed"] : ["succeeded"]).toContain(state.steps[it]?.status);
    }
  }
}

describe("any run of any workflow", () => {
  it("ends, and starts each task at most once and in its turn", () => {
    fc.assert(
      fc.property(anyWorkflow, anyChance, (workflow, chance) => {
        const world = new World(workflow, chance);
        world.happen({ type: "run-started" });
        world.run();
        expect(world.ends).toEqual([world.state.status]);
        checkEnd(world, workflow);
      }),
      { numRuns: 200 },
    );
  });

  it("can be restarted, and ends again", () => {
    const anyRestart = fc.constantFrom<RestartFrom>(
      { kind: "beginning" },
      { kind: "unsuccessful" },
      { kind: "step", step: "s0" },
    );
    fc.assert(
      fc.property(anyWorkflow, anyChance, anyRestart, (workflow, chance, from) => {
        const world = new World(workflow, chance);
        world.happen({ type: "run-started" });
        world.run();
        world.again(from);
        expect(world.state.sequence).toBe(2);
        world.run();
        expect(world.ends).toHaveLength(2);
        checkEnd(world, workflow);
      }),
      { numRuns: 200 },
    );
  });

  it("succeeds in the second sequence when all goes well in it", () => {
    fc.assert(
      fc.property(anyWorkflow, anyChance, (workflow, chance) => {
        const world = new World(workflow, chance);
        world.happen({ type: "run-started" });
        world.run();
        world.calm();
        world.again({ kind: "unsuccessful" });
        world.run();
        expect(world.state.status).toBe("succeeded");
      }),
      { numRuns: 200 },
    );
  });
});
