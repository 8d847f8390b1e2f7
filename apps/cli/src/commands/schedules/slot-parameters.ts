import type { JsonValue } from "@notemill/json";
import type { ParameterMap } from "@notemill/parameters";
import type { OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { readParameters } from "../read-parameters.ts";
import { PARAMETER_OPTIONS } from "../run-options.ts";

/** The options that give a schedule its parameters. */
export const SLOT_PARAMETER_OPTIONS: readonly OptionDefinition[] = PARAMETER_OPTIONS.filter(
  ({ name }) => !name.startsWith("inject"),
);

/** Collects the parameters of a schedule; a value of `-p` that is `${…}` is an expression. */
export async function readSlotParameters(options: OptionValues): Promise<ParameterMap> {
  const parameters = await readParameters(options, { input: "", output: "" });
  const raw = new Set(options.pairs("parametersRaw").map(([name]) => name));
  const typed = new Set(options.pairs("parameters").map(([name]) => name));
  const read = (name: string, value: JsonValue): JsonValue => {
    if (typeof value !== "string" || raw.has(name) || !typed.has(name)) return value;
    const cel = /^\$\{([^]*)\}$/.exec(value)?.[1];
    return cel === undefined ? value : { cel };
  };
  return new Map([...parameters].map(([name, value]) => [name, read(name, value)]));
}
