import { join, resolve } from "node:path";
import type { OptionDefinition, OptionValues, Terminal } from "../command-line/command.ts";
import { dataDirectory } from "./data-directory.ts";

/** Names the directory of environments. */
export const ENVIRONMENTS_OPTION: OptionDefinition = {
  name: "environments",
  flags: ["--environments"],
  values: ["DIRECTORY"],
  help: "Where environments of Python packages are kept. Default: environments in the data directory.",
};

/** Where environments are kept, for all processes that share them. */
export function environmentsDirectory(options: OptionValues, terminal: Terminal): string {
  const given = options.text("environments");
  return given === undefined
    ? join(dataDirectory(options, terminal), "environments")
    : resolve(terminal.cwd, given);
}
