import type { Notebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { inferParameters } from "../infer/infer-parameters.ts";
import { parametersFromJson } from "../parameter-map.ts";
import { parameterWarnings } from "./parameter-warnings.ts";
import { validateParameters } from "./validate-parameters.ts";

const cell = (source: string, ...tags: string[]): Notebook["cells"][number] => ({
  cell_type: "code",
  id: "c0",
  metadata: { tags },
  source,
  execution_count: null,
  outputs: [],
});

/** The warnings for a notebook of these cells, as `code parameter: message`. */
function check(cells: Notebook["cells"], given: Record<string, unknown>, language = "python"): string[] {
  const options = { language, kernelName: language };
  const problems = validateParameters(
    inferParameters({ cells }, options),
    parametersFromJson(given as Parameters<typeof parametersFromJson>[0]),
  );
  return parameterWarnings({ cells }, options, problems).map(
    ({ code, parameter, message }) => `${code} ${parameter}: ${message}`,
  );
}

describe("warnings about parameters", () => {
  it.each([
    ["names that are declared", [cell('region = "EU"', "parameters")], { region: "US" }, "python", []],
    [
      "a slip of the pen",
      [cell('region = "EU"\nyear = 2026', "parameters")],
      { regoin: "US", other: 1 },
      "python",
      [
        "PARAMETER_UNKNOWN_NAME regoin: Passed unknown parameter: regoin; did you mean region?",
        "PARAMETER_UNKNOWN_NAME other: Passed unknown parameter: other",
      ],
    ],
    [
      "another type than that of the default",
      [cell("year = 2026", "parameters")],
      { year: "x" },
      "python",
      ['PARAMETER_TYPE_MISMATCH year: parameter "year": expected integer, found string "x"'],
    ],
    [
      "a notebook without a parameters cell",
      [cell("region = 1")],
      { region: "US", year: 1 },
      "python",
      [
        "PARAMETERS_CELL_MISSING null: Input notebook does not contain a cell with tag 'parameters', so that nothing says whether it takes region, year: they are set in a new first cell, and a later cell may overwrite them",
      ],
    ],
    ["a notebook without a parameters cell and no parameters", [cell("region = 1")], {}, "python", []],
    ["a language that cannot be read", [cell("let region = 1", "parameters")], { regoin: 1 }, "F#", []],
  ] as const)("of %s", (_of, cells, given, language, warnings) => {
    expect(check(cells, given, language)).toEqual(warnings);
  });

  it("names ten parameters of many", () => {
    const given = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}`, index]));
    expect(check([cell("1")], given)).toEqual([expect.stringMatching(/takes p0, .*, p9 and 2 more: /)]);
  });
});
