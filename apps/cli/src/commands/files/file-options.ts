import type { ArgumentDefinition, OptionDefinition } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/** The file that a command is about. */
export const FILE_ARGUMENT: ArgumentDefinition = {
  name: "PATH",
  help: "A file of the server, as ~/report.ipynb or /shared/data.csv (put it into quotes).",
};

/** Replaces what is there. */
export const REPLACE_OPTION: OptionDefinition = {
  name: "replace",
  flags: ["--replace"],
  help: "Replace a file that is there; it stays as a version.",
};

/** The version that a text names. @throws {@link UsageError}. */
export function readVersion(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1) return number;
  throw new UsageError(`"${text}" is no version; notemill files versions PATH lists them`);
}
