import type { SubmitSweep } from "@notemill/api";
import { isJsonObject, type JsonValue, parseJson } from "@notemill/json";
import {
  expandGrid,
  expandRange,
  type Grid,
  mergeParameters,
  type ParameterMap,
  ParametersError,
  parametersFromJson,
  type ParameterValue,
} from "@notemill/parameters";
import { ServerError } from "../server-error.ts";

/**
 * The sets of parameters that a request for a sweep means, in order.
 *
 * @throws {@link ServerError} `PARAMETERS_INVALID`, and `SWEEP_INVALID` and `SWEEP_TOO_LARGE` of the parameters.
 */
export function readSets(
  request: Pick<SubmitSweep, "grid" | "parameters" | "mode">,
): readonly ParameterMap[] {
  return mergeSets(request.parameters?.text ?? "{}", readPoints(request));
}

/** The sets of values of a grid alone, in order. @throws What {@link readSets} does for it. */
export function readPoints({
  grid,
  mode = "product",
}: Pick<SubmitSweep, "grid" | "mode">): readonly ParameterMap[] {
  return expandGrid(readGrid(parseJson(grid.text)), { mode }).map(({ parameters }) => parameters);
}

/**
 * Sets of values with those that are the same for all in front.
 *
 * @param text - What is the same, as JSON.
 * @throws {@link ServerError} `PARAMETERS_INVALID`, and `SWEEP_TOO_LARGE` where all together would be too long.
 */
export function mergeSets(text: string, points: readonly ParameterMap[]): readonly ParameterMap[] {
  const same = parseJson(text);
  if (!isJsonObject(same)) {
    throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
  }
  const characters = text.length * points.length;
  if (characters > MOST_CHARACTERS)
    throw new ParametersError(
      "SWEEP_TOO_LARGE",
      `what is the same for all ${points.length} runs of the sweep has ${text.length} characters, together more than ${MOST_CHARACTERS}; keep long values in a file that the notebook reads`,
      { details: { characters, maxCharacters: MOST_CHARACTERS } },
    );
  const front = parametersFromJson(same);
  return points.map((point) => mergeParameters([front, point]));
}

/** The most characters of what all runs of a sweep have beside their own values, together. */
const MOST_CHARACTERS = 64 * 2 ** 20;

/** An object of lists, ranges and single values, or a list of objects, which are the sets themselves. */
function readGrid(grid: JsonValue): Grid {
  if (isList(grid) && grid.every(isJsonObject))
    return { kind: "points", points: grid.map(parametersFromJson) };
  if (isJsonObject(grid)) {
    const axes = Object.entries(grid).map(([name, value]) => ({ name, values: valuesOf(value) }));
    return { kind: "axes", axes };
  }
  throw new ParametersError(
    "SWEEP_INVALID",
    "the grid is neither an object of names and lists of values nor a list of objects",
  );
}

function valuesOf(value: JsonValue): readonly ParameterValue[] {
  return isList(value) ? value : (rangeOf(value) ?? [value]);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** `{"range": "1..5"}` in place of a list stands for its numbers. */
function rangeOf(value: JsonValue): readonly ParameterValue[] | undefined {
  if (!isJsonObject(value)) return undefined;
  const { range, ...rest } = value;
  if (typeof range !== "string" || Object.keys(rest).length > 0) return undefined;
  const expanded = expandRange(range);
  if (expanded !== undefined) return expanded;
  throw new ServerError(
    "REQUEST_INVALID",
    `"${range}" is no range; write START..STOP or START:STOP:STEP, as 1..5 or 0:1:0.1`,
    { details: { field: "grid" } },
  );
}
