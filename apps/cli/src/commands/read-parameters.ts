import {
  mergeParameters,
  type ParameterMap,
  type ParameterValue,
  parseParameterText,
  parseParameterYaml,
} from "@notemill/parameters";
import type { OptionValues } from "../command-line/command.ts";
import { readYamlFile } from "./read-yaml-file.ts";

/**
 * Collects the parameters of a command line.
 *
 * The order is papermill's, whatever the order of the options: paths, base64,
 * files, YAML, typed, raw. A later value replaces an earlier one in its place.
 */
export async function readParameters(
  options: OptionValues,
  paths: { readonly input: string; readonly output: string },
): Promise<ParameterMap> {
  const both = options.flag("injectPaths") === true;
  const layers: ParameterMap[] = [];
  if (both || options.flag("injectInputPath") === true)
    layers.push(single("PAPERMILL_INPUT_PATH", paths.input));
  if (both || options.flag("injectOutputPath") === true)
    layers.push(single("PAPERMILL_OUTPUT_PATH", paths.output));
  for (const text of options.texts("parametersBase64")) {
    layers.push(parseParameterYaml(Buffer.from(text, "base64").toString("utf8")));
  }
  for (const path of options.texts("parametersFile")) {
    layers.push(parseParameterYaml(await readYamlFile(path)));
  }
  for (const text of options.texts("parametersYaml")) layers.push(parseParameterYaml(text));
  for (const [name, value] of options.pairs("parameters"))
    layers.push(single(name, parseParameterText(value)));
  for (const [name, value] of options.pairs("parametersRaw")) layers.push(single(name, value));
  return mergeParameters(layers);
}

function single(name: string, value: ParameterValue): ParameterMap {
  return new Map([[name, value]]);
}
