import type { ArgumentDefinition, OptionDefinition } from "../../command-line/command.ts";

/** The secret that a command is about. */
export const SECRET_ARGUMENT: ArgumentDefinition = {
  name: "NAME",
  help: "Name of the secret: a letter, then letters, digits and underscores.",
};

/** Who may use a secret. */
export const GRANT_OPTION: OptionDefinition = {
  name: "grant",
  flags: ["--grant"],
  values: ["PATH"],
  repeatable: true,
  help: "A notebook that may use it, as '~/report.ipynb', or all below a directory, as '~/reports/**'.",
};
