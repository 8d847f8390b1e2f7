import { parseJson } from "@notemill/json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expressionIn, expressionsOf } from "./expressions-of.ts";
import { findCycle } from "./find-cycle.ts";
import { readWorkflow } from "./read-workflow.ts";

const notebook = (key: string, more: object = {}): object => ({
  key,
  type: "notebook",
  path: "~/a.ipynb",
  ...more,
});

/** What is wrong with a workflow of these steps, as `CODE step.field`. */
function check(steps: unknown, more: object = {}): readonly string[] {
  const read = readWorkflow(
    { steps, ...more },
    { checkExpression: (text) => (text === "1 +" ? "cut short" : null) },
  );
  return read.ok ? [] : read.problems.map(({ code, step, field }) => `${code} ${step}.${field}`);
}

describe("readWorkflow", () => {
  it("fills in defaults", () => {
    const read = readWorkflow({ steps: [notebook("a")] });
    expect(read).toEqual({
      ok: true,
      workflow: {
        parameters: {},
        steps: [
          {
            key: "a",
            type: "notebook",
            path: "~/a.ipynb",
            depends_on: [],
            trigger_rule: "all_succeeded",
            failure_mode: "fail_after_running",
            parameters: {},
          },
        ],
      },
    });
  });

  it("keeps the numbers of parameters", () => {
    const steps = parseJson(
      '[{"key": "a", "type": "notebook", "path": "p", "parameters": {"rate": 1.0, "id": 9007199254740993}}]',
    );
    const read = readWorkflow({ steps });
    expect(JSON.stringify(read)).toContain('"rate":1');
    const [step] = read.ok ? read.workflow.steps : [];
    expect(step?.type === "notebook" && step.parameters["rate"]).toMatchObject({ text: "1.0" });
    expect(step?.type === "notebook" && step.parameters["id"]).toMatchObject({ text: "9007199254740993" });
  });

  it.each<[string, unknown, readonly string[]]>([
    ["no steps", [], ["FIELD_INVALID null.steps"]],
    ["steps that are none", "a", ["FIELD_INVALID null.steps"]],
    [
      "301 steps",
      Array.from({ length: 301 }, (_, index) => notebook(`s${index}`)),
      ["FIELD_INVALID null.steps"],
    ],
    ["a step that is nothing", [null], ["FIELD_INVALID 0."]],
    ["a step of no known type", [{ key: "a", type: "dream" }], ["FIELD_INVALID a.type"]],
    ["a step without a path", [{ key: "a", type: "notebook" }], ["FIELD_INVALID a.path"]],
    ["a key that no expression can name", [notebook("a-b")], ["FIELD_INVALID a-b.key"]],
    ["a field that is not known", [notebook("a", { retires: 3 })], ["FIELD_INVALID a.retires"]],
    ["no rule", [notebook("a", { trigger_rule: "some" })], ["FIELD_INVALID a.trigger_rule"]],
    ["two keys alike", [notebook("a"), notebook("a")], ["STEP_DUPLICATE a.key"]],
    [
      "a dependency that is not there",
      [notebook("a", { depends_on: ["b"] })],
      ["DEPENDENCY_UNKNOWN a.depends_on"],
    ],
    [
      "a step that waits for itself",
      [notebook("a", { depends_on: ["a"] })],
      ["DEPENDENCY_CYCLE a.depends_on"],
    ],
    [
      "a rule without dependencies",
      [notebook("a", { trigger_rule: "one_failed" })],
      ["TRIGGER_RULE_POINTLESS a.trigger_rule"],
    ],
    ["a tag with a space", [notebook("a", { tags: ["a b"] })], ["FIELD_INVALID a.tags.0"]],
    ["a priority out of bounds", [notebook("a", { priority: 101 })], ["FIELD_INVALID a.priority"]],
    [
      "files of a script, which is nowhere",
      [{ key: "a", type: "script", language: "python", source: "", files: ["x"] }],
      ["FIELD_INVALID a.files"],
    ],
    ["a foreach over nothing", [notebook("a", { foreach: {} })], ["FIELD_INVALID a.foreach"]],
    [
      "a foreach over two things",
      [notebook("a", { foreach: { list: [1], cel: "x" } })],
      ["FIELD_INVALID a.foreach"],
    ],
    [
      "too long a range",
      [notebook("a", { foreach: { range: { from: 1, to: 10_001 } } })],
      ["FIELD_INVALID a.foreach.range"],
    ],
    ["a wait for nothing", [{ key: "a", type: "wait" }], ["FIELD_INVALID a."]],
    [
      "retries without end",
      [notebook("a", { retry: { user: { retries: 100 } } })],
      ["FIELD_INVALID a.retry.user.retries"],
    ],
    ["an expression", [notebook("a", { condition: "1 +" })], ["EXPRESSION_INVALID a.condition"]],
    [
      "an expression of a parameter",
      [notebook("a", { parameters: { day: { cel: "1 +" } } })],
      ["EXPRESSION_INVALID a.parameters.day"],
    ],
    [
      "what a schema finds and what it cannot see, at once",
      [
        { key: "a", type: "dream", depends_on: "b", timeout_ms: "1h" },
        notebook("b", { path: 1, depends_on: ["b", 2, "c"], retires: 1, replays: 2 }),
        notebook("b", { condition: "1 +" }),
        null,
      ],
      [
        "FIELD_INVALID a.type",
        "FIELD_INVALID a.depends_on",
        "FIELD_INVALID a.timeout_ms",
        "FIELD_INVALID b.depends_on.1",
        "FIELD_INVALID b.path",
        "FIELD_INVALID b.retires",
        "FIELD_INVALID b.replays",
        "FIELD_INVALID 3.",
        "STEP_DUPLICATE b.key",
        "DEPENDENCY_UNKNOWN b.depends_on",
        "EXPRESSION_INVALID b.condition",
      ],
    ],
    [
      "several things at once",
      [notebook("a", { depends_on: ["b"] }), notebook("b", { depends_on: ["a", "c"] })],
      ["DEPENDENCY_UNKNOWN b.depends_on", "DEPENDENCY_CYCLE a.depends_on"],
    ],
  ])("finds fault with %s", (_what, steps, expected) => {
    expect(check(steps)).toEqual(expected);
  });

  it.each<[object, string]>([
    [{ path: undefined }, "path: is missing; expected text"],
    [{ path: null }, "path: expected text, found nothing"],
    [{ path: "" }, "path: expected text that is not empty"],
    [{ path: ["a"] }, "path: expected text, found a list"],
    [{ key: "k".repeat(65) }, `key: expected at most 64 characters, found "${"k".repeat(58)}…`],
    [{ depends_on: "b" }, 'depends_on: expected a list, found "b"'],
    [{ priority: "5" }, 'priority: expected a whole number, found "5"'],
    [{ priority: 1.5 }, "priority: expected a whole number, found 1.5"],
    [{ priority: 101 }, "priority: expected at most 100, found 101"],
    [{ parameters: [1] }, "parameters: expected names with values, each as name: value, found a list"],
    [
      { trigger_rule: "all_suceeded" },
      'trigger_rule: expected one of all_succeeded, all_done, one_failed, found "all_suceeded"; did you mean all_succeeded?',
    ],
    [
      { retry: { user: { retries: 1, backoff: { kind: "none" } } } },
      'retry.user.backoff.kind: expected one of fixed, exponential, found "none"',
    ],
    [{ foreach: { list: [] } }, "foreach.list: expected at least 1 entry, found a list"],
    [
      { type: "notebok" },
      'type: expected one of notebook, script, wait, found "notebok"; did you mean notebook?',
    ],
    [{ type: undefined }, "type: is missing; expected one of notebook, script, wait"],
    [{ depend_on: [] }, "depend_on: there is no such field; did you mean depends_on?"],
    [{ foreach: { lists: 1, cel: "x" } }, "foreach.lists: there is no such field; did you mean list?"],
    [
      { foreach: { over: 1, cel: "x" } },
      "foreach.over: there is no such field; known are list, range, cel, concurrency",
    ],
  ])("says in plain words what is wrong with %j, and what is wanted", (more, expected) => {
    const read = readWorkflow({ steps: [notebook("a", more)] });
    expect(read.ok ? [] : read.problems.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      expected,
    ]);
  });

  it("shows the way around a cycle", () => {
    const steps = [
      notebook("a"),
      notebook("b", { depends_on: ["a", "d"] }),
      notebook("c", { depends_on: ["b"] }),
      notebook("d", { depends_on: ["c"] }),
    ];
    const read = readWorkflow({ steps });
    expect(read.ok ? null : read.problems[0]?.message).toBe("steps wait for each other: b → d → c → b");
  });

  it("takes 300 steps in a row", () => {
    const steps = Array.from({ length: 300 }, (_, index) =>
      notebook(`s${index}`, { depends_on: index > 0 ? [`s${index - 1}`] : [] }),
    );
    expect(check(steps.reverse())).toEqual([]);
  });

  it("throws for nothing that a file can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, step) => {
        readWorkflow(value);
        readWorkflow({ steps: [step] });
      }),
    );
  });
});

describe("findCycle", () => {
  it("finds one exactly when there is one", () => {
    const anyGraph = fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 3 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(anyGraph, (edges) => {
        const graph = new Map(edges.map((it, index) => [String(index), it.map(String)]));
        const cycle = findCycle(graph);
        // Taking away what has no dependency left takes everything away, unless there is a cycle.
        const left = new Map(graph);
        for (let size = -1; size !== left.size;) {
          size = left.size;
          for (const [key, needs] of left) if (!needs.some((it) => left.has(it))) left.delete(key);
        }
        expect(cycle === null).toBe(left.size === 0);
        for (const [index, key] of (cycle ?? []).slice(0, -1).entries()) {
          expect(graph.get(key)).toContain(cycle?.[index + 1]);
        }
        if (cycle !== null) expect(cycle[0]).toBe(cycle.at(-1));
      }),
    );
  });
});

it("expressionsOf finds every expression with its field", () => {
  const read = readWorkflow({
    steps: [
      notebook("a", {
        condition: "c",
        foreach: { list: [1, { cel: "l" }] },
        parameters: { x: { cel: "p" }, y: { cel: "p", z: 1 }, z: 1 },
      }),
      { key: "b", type: "wait", until: "u", foreach: { cel: "f" } },
    ],
  });
  const steps = read.ok ? read.workflow.steps : [];
  expect(steps.flatMap(expressionsOf).map(({ field, text }) => `${field}=${text}`)).toEqual([
    "condition=c",
    "foreach.list.1=l",
    "parameters.x=p",
    "foreach.cel=f",
    "until=u",
  ]);
  expect(expressionIn(["cel"])).toBeUndefined();
});
