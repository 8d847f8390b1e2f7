import { openYaml } from "../yaml/open-yaml.ts";
import type { ParameterValue } from "../parameter-map.ts";
import type { Grid } from "./grid.ts";
import { invalidSweep } from "./sweep-error.ts";

/**
 * Reads a grid from YAML or JSON: a mapping of names to lists of values, which are
 * axes, or a list of mappings, which are the sets of parameters themselves.
 *
 * In a mapping a value that is no list stands for all runs. The rules of YAML are
 * those of `parseParameterYaml`.
 *
 * @throws {@link ParametersError} `PARAMETERS_INVALID` for bad YAML, `SWEEP_INVALID` for another shape.
 */
export function parseGridYaml(text: string): Grid {
  const { builder, contents } = openYaml(text);
  const points = builder.buildMaps(contents);
  if (points) return { kind: "points", points };
  const map = builder.buildMapAt(contents);
  if (!map) {
    throw invalidSweep("expected a mapping of names to lists of values, or a list of mappings", {});
  }
  return { axes: [...map].map(([name, value]) => ({ name, values: asList(value) })), kind: "axes" };
}

function asList(value: ParameterValue): readonly ParameterValue[] {
  return isList(value) ? value : [value];
}

function isList(value: ParameterValue): value is readonly ParameterValue[] {
  return Array.isArray(value);
}
