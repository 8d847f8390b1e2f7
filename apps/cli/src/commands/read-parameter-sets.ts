import {
  expandGrid,
  type Grid,
  mergeParameters,
  type ParameterMap,
  parseGridAxis,
  parseGridYaml,
} from "@notemill/parameters";
import type { OptionDefinition, OptionValues } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { readParameters } from "./read-parameters.ts";
import { readYamlFile } from "./read-yaml-file.ts";

/** The options that give the values of a sweep. */
export const GRID_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "grid",
    flags: ["--grid", "-g"],
    values: ["NAME=VALUES"],
    repeatable: true,
    help: "Values of one parameter: a=1,2,3, or the range a=0:1:0.1 or a=1..5.",
  },
  {
    name: "gridFile",
    flags: ["--grid-file"],
    values: ["PATH"],
    help: "YAML or JSON: a mapping of names to lists of values, or a list of parameter sets.",
  },
  {
    name: "zip",
    flags: ["--zip"],
    help: "Take the first values together, then the second, instead of every combination.",
  },
];

/** The points of the grid, with the parameters that are the same for every run in front. */
export async function readParameterSets(options: OptionValues): Promise<readonly ParameterMap[]> {
  const same = await readParameters(options, { input: "", output: "" });
  const mode = options.flag("zip") === true ? "zip" : "product";
  return expandGrid(await readGrid(options), { mode }).map(({ parameters }) =>
    mergeParameters([same, parameters]),
  );
}

/** The values that the options give. @throws {@link UsageError} */
export async function readGrid(options: OptionValues): Promise<Grid> {
  const axes = options.texts("grid").map((text) => parseGridAxis(text));
  const path = options.text("gridFile");
  if (path === undefined) {
    if (axes.length === 0)
      throw new UsageError("a sweep needs values: give --grid NAME=1,2,3 or --grid-file PATH");
    return { kind: "axes", axes };
  }
  const grid = parseGridYaml(await readYamlFile(path));
  if (grid.kind === "axes") return { kind: "axes", axes: [...grid.axes, ...axes] };
  if (axes.length > 0)
    throw new UsageError(`${path} lists whole parameter sets, which --grid cannot be combined with`);
  return grid;
}
