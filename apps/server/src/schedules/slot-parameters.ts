import { evaluateExpression, ExpressionsError } from "@notemill/expressions";
import { encodeJson, isJsonObject, type JsonValue, parseJson } from "@notemill/json";
import { expressionIn, slotInterval, type TimeTrigger } from "@notemill/schedules";
import { ServerError } from "../server-error.ts";

/**
 * The parameters of the run of a slot, as JSON: expressions are worked out, every
 * other value stays as it was written.
 *
 * @throws {@link ServerError} `PARAMETERS_INVALID`, and an {@link ExpressionsError} with the
 * parameter's name as `details.parameter`.
 */
export function slotParameters(text: string, trigger: TimeTrigger, slot: number): string {
  const parameters = parseJson(text);
  if (!isJsonObject(parameters)) {
    throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
  }
  const entries = Object.entries(parameters);
  if (entries.every(([, value]) => expressionIn(value) === undefined)) return text;
  const { start, end } = slotInterval(trigger, slot);
  const scope = { trigger: { slot }, interval: { start, end } };
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
