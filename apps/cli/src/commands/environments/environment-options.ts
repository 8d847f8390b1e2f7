import type { OptionDefinition } from "../../command-line/command.ts";
import { DATA_OPTION } from "../../platform/data-directory.ts";
import { ENVIRONMENTS_OPTION } from "../../platform/environments-directory.ts";

/** Where environments are. */
export const PLACE_OPTIONS: readonly OptionDefinition[] = [DATA_OPTION, ENVIRONMENTS_OPTION];

/** What says which packages there are. */
export const FROM_OPTION: OptionDefinition = {
  name: "from",
  flags: ["--from"],
  values: ["PATH"],
  help: "A requirements file, a pyproject.toml, or a notebook or script with a block of # /// script (PEP 723).",
};

/** Prints JSON in place of text. */
export const JSON_OPTION: OptionDefinition = { name: "json", flags: ["--json"], help: "Print JSON." };

/** Says which environment a notebook is run in. */
export const ENVIRONMENT_OPTION: OptionDefinition = {
  name: "environment",
  flags: ["--environment"],
  values: ["NAME"],
  help: "Environment of Python packages to run in: one of notemill environments, auto for what the notebook declares in a block of # /// script, or none for that of the kernel. Default: what metadata.notemill.environment of the notebook says, else none.",
};
