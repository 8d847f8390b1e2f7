import type { SubmitSweep } from "@notemill/api";
import { isJsonObject, parseJson } from "@notemill/json";
import {
  expandGrid,
  expandRange,
  type Grid,
  mergeParameters,
  type ParameterMap,
  parametersFromJson,
  type ParameterValue,
  parseGridYaml,
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
  const same = parseJson(request.parameters?.text ?? "{}");
  if (!isJsonObject(same)) {
    throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
  }
  const points = expandGrid(withRanges(parseGridYaml(request.grid.text)), {
    mode: request.mode ?? "product",
  });
  return points.map(({ parameters }) => mergeParameters([parametersFromJson(same), parameters]));
}

/** `{"range": "1..5"}` in place of a list stands for its numbers. */
function withRanges(grid: Grid): Grid {
  if (grid.kind === "points") return grid;
  return {
    kind: "axes",
    axes: grid.axes.map(({ name, values }) => ({ name, values: rangeOf(values) ?? values })),
  };
}

function rangeOf(values: readonly ParameterValue[]): readonly ParameterValue[] | undefined {
  const [only] = values;
  if (values.length !== 1 || !isJsonObject(only)) return undefined;
  const { range, ...rest } = only;
  if (typeof range !== "string" || Object.keys(rest).length > 0) return undefined;
  const expanded = expandRange(range);
  if (expanded !== undefined) return expanded;
  throw new ServerError(
    "REQUEST_INVALID",
    `"${range}" is no range; write START..STOP or START:STOP:STEP, as 1..5 or 0:1:0.1`,
    { details: { field: "grid" } },
  );
}
