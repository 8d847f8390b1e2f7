import {
  evaluateExpression,
  type ExpressionScope,
  ExpressionsError,
  parseExpression,
} from "@notemill/expressions";
import { encodeJson, isJsonObject, type JsonValue, parseJson } from "@notemill/json";
import {
  expressionIn,
  isTimeTrigger,
  slotInterval,
  type TimeTrigger,
  type Trigger,
} from "@notemill/schedules";
import { ServerError } from "../server-error.ts";

/** What an expression can see of a slot. */
export interface SlotFacts {
  /** The instant, in milliseconds since 1970. */
  readonly at: number;
  /** What an event says, as JSON; null for an instant. */
  readonly body: string | null;
}

/**
 * The parameters of the run of a slot, as JSON: expressions are worked out, every
 * other value stays as it was written.
 *
 * @throws {@link ServerError} `PARAMETERS_INVALID`, and an {@link ExpressionsError} with the
 * parameter's name as `details.parameter`.
 */
export function slotParameters(text: string, trigger: Trigger, { at, body }: SlotFacts): string {
  const entries = entriesOf(text);
  if (entries.every(([, value]) => expressionIn(value) === undefined)) return text;
  const scope: ExpressionScope = isTimeTrigger(trigger)
    ? { trigger: { slot: at }, interval: intervalOf(trigger, at) }
    : { trigger: { slot: at, ...(body === null ? {} : { body: parseJson(body) }) } };
  const resolve = (name: string, value: JsonValue): JsonValue => {
    const expression = expressionIn(value);
    if (expression === undefined) return value;
    try {
      return evaluateExpression(expression, scope);
    } catch (error) {
      if (!(error instanceof ExpressionsError)) throw error;
      throw new ExpressionsError(error.code, `parameter "${name}": ${error.message}`, {
        cause: error,
        details: { ...error.details, parameter: name },
      });
    }
  };
  return encodeJson(Object.fromEntries(entries.map(([name, value]) => [name, resolve(name, value)])));
}

/** Parameters of which some get their values later. */
export interface OpenParameters {
  /** As JSON; in place of an expression there is empty text, which every language can have. */
  readonly text: string;
  /** Names of those that are expressions. */
  readonly open: ReadonlySet<string>;
}

/**
 * The parameters as far as they are known without an event; expressions are only read.
 *
 * @throws {@link ServerError} `PARAMETERS_INVALID`, and an {@link ExpressionsError}.
 */
export function openParameters(text: string): OpenParameters {
  const open = new Set<string>();
  const known = entriesOf(text).map(([name, value]): [string, JsonValue] => {
    const expression = expressionIn(value);
    if (expression === undefined) return [name, value];
    parseExpression(expression);
    open.add(name);
    return [name, ""];
  });
  return { text: encodeJson(Object.fromEntries(known)), open };
}

function entriesOf(text: string): readonly (readonly [string, JsonValue])[] {
  const parameters = parseJson(text);
  if (isJsonObject(parameters)) return Object.entries(parameters);
  throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
}

function intervalOf(
  trigger: TimeTrigger,
  slot: number,
): { readonly start: number; readonly end: number | null } {
  const { start, end } = slotInterval(trigger, slot);
  return { start, end };
}
