import type { InferredParameter } from "./infer/inferred-parameter.ts";

/** What `--help-notebook` tells about. */
export interface DescribeParametersOptions {
  /** The notebook's path, as it is shown. */
  readonly path: string;
  /** What was inferred; `undefined` when no cell is tagged `parameters`. */
  readonly parameters: readonly InferredParameter[] | undefined;
}

/** A longer definition has its help on the next line. */
const LONGEST_BESIDE_HELP = 30;
const HELP_COLUMN = 34;

/**
 * Describes the parameters of a notebook in papermill's words.
 *
 * It is what follows the usage line of `--help-notebook`; every line ends with a line break.
 */
export function describeParameters({ parameters, path }: DescribeParametersOptions): string {
  const heading = `\nParameters inferred for notebook '${path}':\n`;
  if (!parameters) return `${heading}\n  No cell tagged 'parameters'\n`;
  if (parameters.length === 0) {
    return (
      `${heading}\n  Can't infer anything about this notebook's parameters. ` +
      "It may not have any parameter defined.\n"
    );
  }
  return heading + parameters.map((parameter) => `${describeParameter(parameter)}\n`).join("");
}

function describeParameter({ default: text, help, name, required, typeName }: InferredParameter): string {
  const type = typeName === "None" ? "Unknown type" : typeName;
  const definition = `  ${name}: ${type} (${required ? "required" : `default ${text}`})`;
  const length = Array.from(definition).length;
  if (length <= LONGEST_BESIDE_HELP) return definition + " ".repeat(HELP_COLUMN - length) + help;
  return help === "" ? definition : `${definition}\n${" ".repeat(HELP_COLUMN)}${help}`;
}
