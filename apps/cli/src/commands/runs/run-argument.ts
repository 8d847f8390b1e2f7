import type { ArgumentDefinition, OptionDefinition } from "../../command-line/command.ts";

/** The run that a command is about. */
export const RUN_ARGUMENT: ArgumentDefinition = {
  name: "RUN",
  help: "Id of the run, or its beginning of at least 6 digits, or its end of at least 8.",
};

/** Prints JSON in place of text. */
export const JSON_OPTION: OptionDefinition = {
  name: "json",
  flags: ["--json"],
  help: "Print JSON, as the API has it.",
};

/** Makes a command that is repeated start one run. */
export const IDEMPOTENCY_OPTION: OptionDefinition = {
  name: "idempotencyKey",
  flags: ["--idempotency-key"],
  values: ["KEY"],
  help: "Commands with the same key start one run.",
};
