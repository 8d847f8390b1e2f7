import type { ParameterMap } from "./parameter-map.ts";
import { openYaml } from "./yaml/open-yaml.ts";

/**
 * Reads parameters from YAML or JSON text: a mapping of names to values.
 *
 * The rules are those of YAML 1.1 as PyYAML reads it, because notebooks rely on
 * them: `yes` is true, `012` is 10, `1:30` is 90, and `1e3` is text. Dates stay
 * text. The last of repeated keys wins. An empty document has no parameters.
 *
 * @throws {@link ParametersError} `PARAMETERS_INVALID`, with `line` (from 1) in `details`.
 */
export function parseParameterYaml(text: string): ParameterMap {
  const { builder, contents } = openYaml(text);
  if (contents === null) return new Map();
  const map = builder.buildMapAt(contents);
  if (map) return map;
  throw builder.fail(contents, 'expected a mapping of names to values, such as "alpha: 0.6"');
}
