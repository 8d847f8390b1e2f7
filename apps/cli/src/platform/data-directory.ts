import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { OptionDefinition, OptionValues, Terminal } from "../command-line/command.ts";

/** Names the data directory. */
export const DATA_OPTION: OptionDefinition = {
  name: "data",
  flags: ["--data"],
  values: ["DIRECTORY"],
  help: "Data directory of the server. Default $NOTEMILL_DATA, else notemill in $XDG_DATA_HOME or ~/.local/share.",
};

/** Where the server keeps everything. */
export function dataDirectory(options: OptionValues, { env, cwd }: Terminal): string {
  const given = options.text("data") ?? env["NOTEMILL_DATA"];
  if (given !== undefined && given !== "") return resolve(cwd, given);
  const base = env["XDG_DATA_HOME"];
  // A relative value is to be ignored, as the specification of these directories says.
  const share =
    base !== undefined && base.startsWith("/") ? base : join(env["HOME"] || homedir(), ".local", "share");
  return join(share, "notemill");
}
