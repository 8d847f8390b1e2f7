import { isJsonObject, parseJson } from "@notemill/json";
import { readWorkflow } from "@notemill/schedules";
import type { StoredWorkflowRun, TaskFacts, UpstreamStep, WorkflowPlan } from "@notemill/store";
import { describe, expect, it } from "vitest";
import { expressionNameProblems, readsOf } from "./check-expressions.ts";
import { diffPlans } from "./diff-plans.ts";
import { decodePlan, encodePlan, type PlanContent, plainNumbers, type StepPin } from "./plan-text.ts";
import { createWorkflowPlans } from "./workflow-plans.ts";

const HEAD = JSON.stringify({
  cells: [
    {
      cell_type: "code",
      id: "p",
      metadata: { tags: ["parameters"] },
      source: "n: int = 0\nx = None",
      execution_count: null,
      outputs: [],
    },
  ],
  metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
  nbformat: 4,
  nbformat_minor: 5,
});

/** The plan content of steps, which are JSON. */
function contentOf(steps: string): PlanContent {
  const read = readWorkflow(plainNumbers(parseJson(`{"parameters": {"rate": 1.0}, "steps": ${steps}}`)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { workflow } = read;
  const pin = (type: string): StepPin["notebook"] =>
    type === "wait" ? null : { path: "/home/ann/a.ipynb", sourceHash: "s1", head: HEAD };
  const pins = workflow.steps.map((step): [string, StepPin] => [
    step.key,
    { reads: readsOf(workflow, step), notebook: pin(step.type) },
  ]);
  return { name: "flow", workflow, pins: new Map(pins) };
}

/** The plan of one step that depends on `up`, as the database gives it back. */
function planOf(step: string): WorkflowPlan {
  const up =
    '{"key": "up", "type": "notebook", "path": "~/a.ipynb", "foreach": {"range": {"from": 1, "to": 2}}}';
  const one = '{"key": "one", "type": "notebook", "path": "~/a.ipynb"}';
  const text = encodePlan(contentOf(`[${up}, ${one}, {"key": "s", "depends_on": ["up", "one"], ${step}}]`));
  return createWorkflowPlans({ maxParameterBytes: 100 }).read("1", text);
}

const task = (scraps: string | null, item: string | null, leftOut: readonly string[] = []) =>
  ({ status: "succeeded", runId: "r", item, scraps, leftOut }) as const;
const UPSTREAM: ReadonlyMap<string, UpstreamStep> = new Map([
  ["up", { status: "succeeded", tasks: [task('{"n": 1.0}', "1"), task('{"n": NaN}', "2")] }],
  ["one", { status: "succeeded", tasks: [task('{"big": 9007199254740993}', null, ["frame"])] }],
]);
const NOW = new Date("2026-11-28T10:00:00.000Z");
const FACTS: TaskFacts = {
  run: {
    id: "w1",
    version: 3,
    sequence: 2,
    startedBy: "ann",
    parameters: '{"rate": 1.0}',
    occasion: `{"slot": ${NOW.getTime()}, "interval": {"start": ${NOW.getTime()}, "end": null}, "body": "{\\"k\\": [1, 2.50]}"}`,
  } as StoredWorkflowRun,
  step: "s",
  upstream: UPSTREAM,
  now: NOW,
  task: 1,
  item: "7",
};

describe("a task", () => {
  const parametersOf = (parameters: string): string => {
    const plan = planOf(
      `"type": "notebook", "path": "~/a.ipynb", "foreach": {"list": [1]}, "parameters": ${parameters}`,
    );
    const made = plan.task(FACTS);
    if (made.kind === "run") return made.run.parameters;
    return made.kind === "failed"
      ? `${made.problem.code} ${made.problem.field}: ${made.problem.message}`
      : made.kind;
  };

  it.each([
    ['{"x": {"cel": "run.parameters.rate"}}', '{"x":1.0}'],
    ['{"x": {"cel": "run.workflow + string(run.version) + run.started_by"}}', '{"x":"flow3ann"}'],
    ['{"x": {"cel": "attempt.number"}}', '{"x":2}'],
    ['{"x": {"cel": "trigger.slot"}}', '{"x":"2026-11-28T10:00:00Z"}'],
    ['{"x": {"cel": "trigger.body.k"}}', '{"x":[1,2.5]}'],
    ['{"x": {"cel": "[item, index]"}}', '{"x":[7,1]}'],
    ['{"x": {"cel": "steps.one.scraps.big + 1"}}', '{"x":9007199254740994}'],
    ['{"x": {"cel": "steps.up.tasks.map(it, it.scraps.n)"}}', '{"x":[1.0,NaN]}'],
    ['{"x": {"cel": "steps.up.tasks.map(it, it.item)"}}', '{"x":[1,2]}'],
    ['{"x": 1.0, "n": 12345678901234567890}', '{"x":1.0,"n":12345678901234567890}'],
  ])("has of %s the parameters %s", (given, expected) => {
    expect(parametersOf(given)).toBe(expected);
  });

  it.each([
    [
      '{"x": {"cel": "steps.one.scraps.frame"}}',
      /^EXPRESSION_FAILED parameters\.x: .*recorded more than is passed on: frame$/,
    ],
    ['{"n": {"cel": "steps.one.status"}}', /^PARAMETERS_INVALID parameters: .*"n".*expected integer/],
    ['{"x": {"cel": "interval.end.date()"}}', /^EXPRESSION_FAILED parameters\.x/],
    [
      `{"x": {"cel": "[1, 2, 3].map(it, '${"a".repeat(30)}')"}}`,
      /^PARAMETERS_TOO_LARGE parameters: the parameters have 106 bytes .* at most 100; put the data into a file/,
    ],
  ])("fails for %s with the field", (given, expected) => {
    expect(parametersOf(given)).toMatch(expected);
  });

  it("has the retries that its step asks for", () => {
    const plan = planOf(
      '"type": "notebook", "path": "~/a.ipynb", "retry": {"user": {"retries": 2}, "jitter": 1.0}',
    );
    expect(plan.task({ ...FACTS, item: null })).toMatchObject({
      kind: "run",
      run: { sourceHash: "s1", settings: { retry: { user: { retries: 2 }, jitter: 1 } } },
    });
  });

  it.each([
    ['"duration_ms": 5000', "2026-11-28T10:00:05.000Z"],
    ['"until": "trigger.slot + duration(\'1h\')"', "2026-11-28T11:00:00.000Z"],
    ['"until": "\'soon\'"', "WAIT_UNTIL_INVALID"],
    ['"until": "\'+275760-09-13T00:00:00Z\'"', "WAIT_UNTIL_INVALID"],
    ['"until": "\'-000001-01-01T00:00:00Z\'"', "WAIT_UNTIL_INVALID"],
    ['"until": "trigger.body.none"', "EXPRESSION_FAILED"],
  ])("waits %s until %s", (given, expected) => {
    const made = planOf(`"type": "wait", ${given}`).task({ ...FACTS, item: null });
    const text =
      made.kind === "wait" ? made.until.toISOString() : made.kind === "failed" ? made.problem.code : "";
    expect(text).toBe(expected);
  });
});

it.each([
  ['"condition": "steps.one.scraps.big > 5"', "prepared null"],
  ['"condition": "steps.up.status == \'failed\'"', "declined"],
  ['"condition": "steps.one.status"', "failed EXPRESSION_RESULT_UNSUPPORTED condition"],
  ['"foreach": {"range": {"from": 1, "to": 6, "step": 2}}', 'prepared ["1","3","5"]'],
  ['"foreach": {"range": {"from": 2, "to": 1}}', "prepared []"],
  [
    '"foreach": {"list": [1.0, {"cel": "run.parameters.rate + 1.0"}, {"cel": "x", "y": 1}]}',
    'prepared ["1.0","2.0","{\\"cel\\":\\"x\\",\\"y\\":1}"]',
  ],
  ['"foreach": {"cel": "trigger.body.k"}', 'prepared ["1","2.5"]'],
  ['"foreach": {"cel": "run.id"}', "failed FOREACH_ITEMS_INVALID foreach"],
])("a step with %s is %s", (given, expected) => {
  const made = planOf(`"type": "notebook", "path": "~/a.ipynb", ${given}`).prepare(FACTS);
  const rest =
    made.kind === "prepared"
      ? ` ${JSON.stringify(made.items)}`
      : made.kind === "failed"
        ? ` ${made.problem.code} ${made.problem.field}`
        : "";
  expect(`${made.kind}${rest}`).toBe(expected);
});

it.each([
  ['"parameters": {"x": {"cel": "steps.a.scraps.n"}}', ["a"], []],
  ['"parameters": {"x": {"cel": "steps.a.status"}}', [], []],
  ['"parameters": {"x": {"cel": "steps[run.id].scraps"}}', ["a", "b"], []],
  ['"condition": "steps.c.scraps.n > 1"', [], ["condition"]],
  ['"condition": "item == 1", "foreach": {"list": [1]}', [], ["condition"]],
  ['"parameters": {"x": {"cel": "index"}}', [], ["parameters.x"]],
])("a step with %s reads %j, and names what is not there in %j", (given, reads, fields) => {
  const other = (key: string, on: string): string =>
    `{"key": "${key}", "type": "notebook", "path": "~/a.ipynb", "depends_on": [${on}]}`;
  const last = `{"key": "s", "type": "notebook", "path": "~/a.ipynb", "depends_on": ["b"], ${given}}`;
  const { workflow } = contentOf(`[${other("a", "")}, ${other("b", '"a"')}, ${other("c", "")}, ${last}]`);
  const step = workflow.steps.at(-1);
  if (step === undefined) throw new Error("there is no step");
  expect(readsOf(workflow, step)).toEqual(reads);
  expect(expressionNameProblems(workflow, step).map(({ field }) => field)).toEqual(fields);
});

it("a plan comes back as it was, and tells what is new in another", () => {
  const before = contentOf(
    '[{"key": "a", "type": "notebook", "path": "~/a.ipynb", "parameters": {"x": 1.0}}]',
  );
  const after = contentOf(
    '[{"key": "a", "type": "notebook", "path": "~/a.ipynb", "parameters": {"x": 1}}, {"key": "b", "type": "wait", "duration_ms": 1}]',
  );
  expect(decodePlan(encodePlan(before))).toEqual(before);
  expect(diffPlans(before, before)).toEqual([]);
  const changes = diffPlans(before, after);
  expect(changes[0]).toEqual({ step: "a", field: "parameters", before: '{"x":1.0}', after: '{"x":1}' });
  expect(changes[1]).toMatchObject({ step: "b", field: "", before: null });
  expect(isJsonObject(parseJson(changes[1]?.after ?? ""))).toBe(true);
});
