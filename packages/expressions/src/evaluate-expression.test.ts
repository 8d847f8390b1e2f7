import {
  encodeJson,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "@notemill/json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateCondition, evaluateExpression } from "./evaluate-expression.ts";
import type { ExpressionScope } from "./expression-scope.ts";
import { ExpressionsError } from "./expressions-error.ts";
import { expressionProblem, namesSlot, parseExpression } from "./parse-expression.ts";

it("says what an instant has where it is asked for what it does not have", () => {
  const failure = (text: string): string => {
    try {
      return String(evaluateExpression(text, scope));
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(failure("trigger.slot.year + 1")).toMatch(
    /field not found: year; an instant has date\(\), getFullYear\(\)/,
  );
  expect(failure("trigger.body.year")).not.toContain("an instant");
});

function objectOf(json: string): JsonObject {
  const value = parseJson(json);
  if (!isJsonObject(value)) throw new Error("no object");
  return value;
}

/** A value with each number as `i` or `f`, as Python tells them apart, and its value. */
function canonical(value: JsonValue): unknown {
  if (typeof value === "number" || value instanceof JsonNumber) {
    const number = value instanceof JsonNumber ? value : new JsonNumber(encodeJson(value));
    return number.isInteger ? `i${BigInt(number.text)}` : `f${number.toNumber()}`;
  }
  if (Array.isArray(value)) return value.map(canonical);
  if (!isJsonObject(value)) return value;
  return Object.entries(value).map(([key, inner]) => [key, canonical(inner)]);
}

const scope: ExpressionScope = {
  run: objectOf('{"id": "r1", "parameters": {"region": "eu", "rate": 1.0}}'),
  attempt: objectOf('{"number": 2}'),
  trigger: {
    slot: Date.parse("2026-03-29T23:30:00Z"),
    body: parseJson(
      '{"id": 9007199254740993, "big": 18446744073709551615, "rate": 1.0, "none": NaN, "zero": -0.0, "rows": [1, 2, 3], "a-b": 1}',
    ),
  },
  interval: { start: Date.parse("2026-03-29T00:00:00Z"), end: Date.parse("2026-03-30T00:00:00Z") },
  steps: objectOf('{"extract": {"status": "succeeded", "scraps": {"rows": 12, "share": 0.5}}}'),
  item: { name: "x" },
  index: 3,
};

/** The value as JSON, or the code with line and column. */
function check(text: string, more: ExpressionScope = {}): string {
  try {
    return encodeJson(evaluateExpression(text, { ...scope, ...more }));
  } catch (error) {
    if (!(error instanceof ExpressionsError)) throw error;
    const { line, column } = error.details;
    return line === undefined ? error.code : `${error.code} ${String(line)}:${String(column)}`;
  }
}

describe("evaluateExpression", () => {
  it.each([
    ["run.id", '"r1"'],
    ["run.parameters.region + '-' + string(attempt.number)", '"eu-2"'],
    ["steps.extract.scraps.rows > 10 && steps.extract.status == 'succeeded'", "true"],
    ["has(steps.load)", "false"],
    ["has(steps.extract.scraps.rows) ? steps.extract.scraps.rows : 0", "12"],
    ["trigger.slot", '"2026-03-29T23:30:00Z"'],
    ["trigger.slot.date()", '"2026-03-29"'],
    ["trigger.slot.date('Europe/London')", '"2026-03-30"'],
    ["trigger.slot.getHours('America/New_York')", "19"],
    ["trigger.slot - duration('24h')", '"2026-03-28T23:30:00Z"'],
    ["interval.end - interval.start", '"86400s"'],
    ["trigger.slot + duration('1500ms')", '"2026-03-29T23:30:01.500Z"'],
    ["trigger.body['a-b']", "1"],
    ["item.name + string(index)", '"x3"'],
    ["trigger.body.rows.map(x, x * 2)", "[2,4,6]"],
    ["trigger.body.rows.filter(x, x > 1).exists(x, x == 3)", "true"],
    ["'a,b'.split(',')", '["a","b"]'],
    ["{'a': 1, 'b': [1.5, null]}", '{"a":1,"b":[1.5,null]}'],
  ])("of %s is %s", (text, expected) => {
    expect(check(text)).toBe(expected);
  });

  it.each([
    ["trigger.body.id", "9007199254740993"],
    ["trigger.body.id + 1", "9007199254740994"],
    ["trigger.body.big", "18446744073709551615"],
    ["trigger.body.rate", "1.0"],
    ["trigger.body.rate * 2.0", "2.0"],
    ["trigger.body.none", "NaN"],
    ["trigger.body.zero", "-0.0"],
    ["run.parameters", '{"region":"eu","rate":1.0}'],
    ["9223372036854775807", "9223372036854775807"],
    ["1", "1"],
    ["1.0", "1.0"],
    ["1e300", "1e+300"],
    ["0.1 + 0.2", "0.30000000000000004"],
    ["7 / 2", "3"],
  ])("keeps the number in %s: %s", (text, expected) => {
    expect(check(text)).toBe(expected);
  });

  it("gives any JSON back as it was", () => {
    const anyInt = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }).map(String);
    const anyNumber = fc.oneof(
      anyInt,
      fc.double().map((it) => (Number.isInteger(it) ? it.toFixed(1) : String(it))),
    );
    const anyText = fc.oneof(
      anyNumber,
      fc.jsonValue({ maxDepth: 3 }).map((it) => JSON.stringify(it)),
    );
    fc.assert(
      fc.property(anyText, (json) => {
        // A whole number of more digits than 64 bits hold is refused.
        fc.pre(!/[^.\d]\d{20,}(?![.e\d])/.test(` ${json}`) || /^-?\d+$/.test(json));
        const body = parseJson(json);
        expect(canonical(evaluateExpression("trigger.body", { trigger: { slot: null, body } }))).toEqual(
          canonical(body),
        );
      }),
    );
  });

  it.each([
    ["1 +", "EXPRESSION_SYNTAX 1:3"],
    ["", "EXPRESSION_SYNTAX 1:1"],
    ["run.id +\n  )", "EXPRESSION_SYNTAX 1:8"],
    ["process.env", "EXPRESSION_NAME_UNKNOWN 1:1"],
    ["[1].map(x, y)", "EXPRESSION_NAME_UNKNOWN 1:12"],
    ["run.y + y", "EXPRESSION_NAME_UNKNOWN 1:9"],
    ["[x].map(x, x)", "EXPRESSION_NAME_UNKNOWN 1:2"],
    ["now()", "EXPRESSION_FAILED 1:1"],
    ["run.nothing", "EXPRESSION_FAILED 1:4"],
    ["run.id +\n  1", "EXPRESSION_FAILED 1:8"],
    ["run.constructor", "EXPRESSION_FAILED 1:4"],
    ["run.id.__proto__", "EXPRESSION_FAILED 1:7"],
    ["1 / 0", "EXPRESSION_FAILED"],
    ["9223372036854775807 + 1", "EXPRESSION_FAILED"],
    ["'x'.replace('x', 'yyyy')", "EXPRESSION_FAILED 1:4"],
    ["trigger.slot.date('Nowhere')", "EXPRESSION_FAILED 1:13"],
    ["b'bytes'", "EXPRESSION_RESULT_UNSUPPORTED"],
    ["int", "EXPRESSION_RESULT_UNSUPPORTED"],
    [`${"1 + ".repeat(2000)}1`, "EXPRESSION_TOO_LARGE"],
    ["1".repeat(10_001), "EXPRESSION_TOO_LARGE"],
    ["(".repeat(9000), "EXPRESSION_SYNTAX"],
  ])("refuses %s with %s", (text, expected) => {
    expect(check(text).startsWith(expected)).toBe(true);
  });

  it("refuses a whole number of more than 64 bits rather than round it", () => {
    expect(check("trigger.body", { trigger: { slot: null, body: parseJson("18446744073709551616") } })).toBe(
      "EXPRESSION_FAILED",
    );
  });

  it.each([
    ["a text that is put behind itself again and again", doubled("'0123456789abcdef'", 24), ""],
    ["such a text that would be taken apart", doubled("'0123456789abcdef'", 24), ".split('')"],
    ["a list that is put behind itself again and again", doubled("[1, 2, 3, 4]", 20), ".size()"],
  ])("makes nothing of %s", (_what, [open, last, close], then) => {
    expect(check(`${open}${last}${then}${close}`)).toMatch(/^EXPRESSION_FAILED/);
  });

  it("gives no result with long texts many times", () => {
    const [open, last, close] = doubled("'0123456789abcdef'", 16);
    expect(check(`${open}${last}.size()${close}`)).toContain("1048576");
    expect(check(`${open}[${`${last}, `.repeat(9)}1]${close}`)).toBe("EXPRESSION_RESULT_UNSUPPORTED");
  });

  it("ends loops that go round too often", () => {
    const body = Array.from({ length: 1000 }, (_, index) => index);
    const trigger = { slot: null, body };
    expect(check("trigger.body.map(x, x + 1).size()", { trigger })).toBe("1000");
    const nested =
      "trigger.body.map(x, trigger.body.map(y, trigger.body.map(z, trigger.body.filter(w, w == z))))";
    expect(check(nested, { trigger })).toBe("EXPRESSION_TOO_LONG_RUNNING");
    expect(
      check("trigger.body.exists(x, trigger.body.exists(y, trigger.body.all(z, z > x + y)))", { trigger }),
    ).toBe("EXPRESSION_TOO_LONG_RUNNING");
  });

  it("goes over ten thousand items", () => {
    const body = Array.from({ length: 10_000 }, (_, index) => index);
    expect(check("trigger.body.map(x, x * 2).size()", { trigger: { slot: null, body } })).toBe("10000");
  });

  it("does not change what it was read into", () => {
    const expression = parseExpression("trigger.body.rows.map(x, x)");
    for (let time = 0; time < 2; time++) expect(evaluateExpression(expression, scope)).toEqual([1, 2, 3]);
  });
});

describe("evaluateCondition", () => {
  it("gives true or false, and nothing else", () => {
    expect(evaluateCondition("run.id == 'r1'", scope)).toBe(true);
    expect(() => evaluateCondition("run.id", scope)).toThrow(
      expect.objectContaining({ code: "EXPRESSION_RESULT_UNSUPPORTED" }),
    );
  });
});

describe("namesSlot", () => {
  it.each([
    ["trigger.slot.date()", true],
    ["trigger['slot']", true],
    ["string(interval.start)", true],
    ["[1].map(x, interval.end)", true],
    ["trigger", true],
    ["trigger.body.slot", false],
    ["run.id", false],
    ["[run].map(interval, interval.id)", false],
  ])("of %s is %s", (text, expected) => {
    expect(namesSlot(parseExpression(text))).toBe(expected);
  });
});

it("expressionProblem says what is wrong, for any text", () => {
  expect(expressionProblem("run.id")).toBeNull();
  expect(expressionProblem("run.")).toContain("line 1");
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(["string", "object"]).toContain(typeof expressionProblem(text));
    }),
  );
});

/** What comes before and behind a value that is twice as long with every loop, and its name between them. */
function doubled(value: string, times: number): readonly [open: string, last: string, close: string] {
  const loops = Array.from({ length: times }, (_, at) => `[s${at} + s${at}].map(s${at + 1}, `);
  return [`[${value}].map(s0, ${loops.join("")}`, `s${times}`, ")".repeat(times + 1)];
}
