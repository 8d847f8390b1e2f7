import {
  celEnv,
  celFunc,
  type CelFunc,
  celMethod,
  CelScalar,
  isCelError,
  objectType,
  plan,
} from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { TimestampSchema, timestampMs } from "@bufbuild/protobuf/wkt";
import type { JsonValue } from "@notemill/json";
import type { ExpressionScope } from "./expression-scope.ts";
import { BOUND_RESULT, bounded } from "./bound-results.ts";
import { COUNT_ROUND } from "./count-rounds.ts";
import { ExpressionsError } from "./expressions-error.ts";
import { fromCel } from "./from-cel.ts";
import { type Expression, expressionError, parseExpression } from "./parse-expression.ts";
import { scopeToCel } from "./to-cel.ts";

/** How often the loops of an expression may go round, all together. */
const MAX_ROUNDS = 20_000;

/**
 * Evaluates an expression over what it may name.
 *
 * It reaches nothing else: no clock, no files, no environment. The same text
 * over the same scope gives the same value, in bounded time.
 *
 * @param expression - Text, or what `parseExpression` made of it.
 * @throws {@link ExpressionsError} what `parseExpression` throws, `EXPRESSION_FAILED` when a value is
 * missing or of the wrong type, `EXPRESSION_TOO_LONG_RUNNING`, or `EXPRESSION_RESULT_UNSUPPORTED`.
 */
export function evaluateExpression(expression: string | Expression, scope: ExpressionScope): JsonValue {
  const { text, root, names, positions } =
    typeof expression === "string" ? parseExpression(expression) : expression;
  let rounds = 0;
  const countRound = celFunc(COUNT_ROUND, [CelScalar.DYN], CelScalar.DYN, (goesOn) => {
    rounds += 1;
    // What is not true ends the loop, and every one around it.
    return rounds > MAX_ROUNDS ? false : goesOn;
  });
  const boundResult = celFunc(BOUND_RESULT, [CelScalar.DYN], CelScalar.DYN, bounded);
  const env = celEnv({ funcs: [...FUNCTIONS, countRound, boundResult] });

  let result;
  try {
    const bindings = scopeToCel(scope, new Set(names.map(([name]) => name ?? "")));
    result = plan(env, root)(bindings);
  } catch (cause) {
    throw expressionError("EXPRESSION_FAILED", messageOf(cause), { text, cause });
  }
  if (rounds > MAX_ROUNDS) {
    const problem = `its loops go round more than ${MAX_ROUNDS} times`;
    throw expressionError("EXPRESSION_TOO_LONG_RUNNING", problem, { text });
  }
  if (isCelError(result)) {
    const offset = result.exprId === undefined ? undefined : positions[String(result.exprId)];
    throw expressionError("EXPRESSION_FAILED", withHint(result.message, text), {
      text,
      offset,
      cause: result,
    });
  }
  try {
    return fromCel(result);
  } catch (cause) {
    throw expressionError("EXPRESSION_RESULT_UNSUPPORTED", messageOf(cause), { text, cause });
  }
}

/** Says beside a field that an instant does not have what it has. */
function withHint(message: string, text: string): string {
  const field = /^field not found: (\w+)$/.exec(message)?.[1];
  const instant = new RegExp(String.raw`(?:trigger\.slot|interval\.(?:start|end))\.${field ?? "[]"}\b`);
  if (field === undefined || !instant.test(text)) return message;
  return `${message}; an instant has date(), getFullYear(), getMonth() from 0, getDate(), getHours() and getMinutes(), each with a time zone or without`;
}

/**
 * Evaluates a condition.
 *
 * @throws {@link ExpressionsError} what `evaluateExpression` throws, and `EXPRESSION_RESULT_UNSUPPORTED`
 * for what is neither true nor false.
 */
export function evaluateCondition(expression: string | Expression, scope: ExpressionScope): boolean {
  const value = evaluateExpression(expression, scope);
  if (typeof value === "boolean") return value;
  const text = typeof expression === "string" ? expression : expression.text;
  throw expressionError("EXPRESSION_RESULT_UNSUPPORTED", "expected true or false", { text });
}

const { STRING } = CelScalar;
const TIMESTAMP = objectType(TimestampSchema);

/** What there is beside the language's own. `replace` and `format` are left out: they make much of little. */
const FUNCTIONS: readonly CelFunc[] = [
  ...strings.filter(({ name }) => name !== "replace" && name !== "format"),
  celMethod("date", TIMESTAMP, [], STRING, function () {
    return dateOf(timestampMs(this.message), "UTC");
  }),
  celMethod("date", TIMESTAMP, [STRING], STRING, function (timeZone) {
    return dateOf(timestampMs(this.message), timeZone);
  }),
];

/** The day of an instant on the calendar of a time zone: `2026-03-29`. */
function dateOf(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts["year"]?.padStart(4, "0")}-${parts["month"]}-${parts["day"]}`;
}

function messageOf(error: unknown): string {
  if (error instanceof ExpressionsError) throw error;
  return error instanceof Error ? error.message : String(error);
}
