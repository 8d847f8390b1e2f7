import { encodeJson, isJsonObject, parseJson, RawJson } from "@notemill/json";
import type { ParameterValue } from "@notemill/parameters";
import { writeSlotExpression } from "./slot-expression.ts";

/**
 * What a test run of a schedule gets: what its first slot would, and of each list of a sweep the first value.
 *
 * @param resolved - The parameters of the first slot; undefined where no slot is known.
 * @returns Undefined where the parameters follow an event, which has not come yet.
 */
export function tryParameters(
  resolved: RawJson | undefined,
  parameters: RawJson,
  axes: ReadonlyMap<string, readonly ParameterValue[]>,
): RawJson | undefined {
  const value = parseJson((resolved ?? parameters).text);
  if (!isJsonObject(value)) return undefined;
  const isOpen = Object.values(value).some((it) => writeSlotExpression(it) !== undefined);
  if (resolved === undefined && isOpen) return undefined;
  const firsts = [...axes].map(([name, [first = null]]) => [name, first] as const);
  return new RawJson(encodeJson({ ...value, ...Object.fromEntries(firsts) }));
}
