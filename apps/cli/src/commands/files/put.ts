import { openAsBlob } from "node:fs";
import { basename, resolve } from "node:path";
import { encodeWireJson } from "@notemill/api";
import { createClient, type FileCondition } from "@notemill/client";
import type { Command, OptionValues, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { REPLACE_OPTION } from "./file-options.ts";

/** `notemill files put`: saves a file of this machine on the server. */
export const putCommand: Command = {
  name: "files put",
  summary: "Save a file of this machine on the server",
  description:
    "Without an option it makes a new file. --if-match replaces one that is still what was read; --replace replaces whatever is there. Every save is a version, and what was replaced is one too.",
  arguments: [
    { name: "FILE", help: "A file of this machine." },
    {
      name: "PATH",
      help: "Where it goes, as ~/report.ipynb; a path that ends with a slash gets the file's name.",
    },
  ],
  options: [
    {
      name: "ifMatch",
      flags: ["--if-match"],
      values: ["ETAG"],
      help: "Replace the file that notemill files get has read, if it is still the same.",
    },
    REPLACE_OPTION,
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill files put report.ipynb '~/report.ipynb'", "a new file"],
    ["notemill files put report.ipynb '~/report.ipynb' --replace", "a new version of it"],
  ],
  run: put,
};

async function put(
  { arguments: [file = "", to = ""], options }: ParsedCommandLine,
  terminal: Terminal,
): Promise<number> {
  const condition = conditionOf(options);
  const path = to.endsWith("/") ? `${to}${basename(file)}` : to;
  const bytes = await openAsBlob(resolve(terminal.cwd, file)).catch((cause: unknown) => {
    throw new UsageError(`the file "${file}" cannot be read: ${(cause as Error).message}`);
  });
  const client = createClient(await findConnection(options, terminal));
  const saved = await client.saveFile(path, bytes, condition).catch((error: { code?: unknown }) => {
    // A new file is what was asked for where there was none to replace.
    if (options.flag("replace") !== true || error.code !== "FILE_CHANGED") throw error;
    return client.saveFile(path, bytes, { ifNoneMatch: "*" });
  });
  terminal.stdout.write(
    options.flag("json") === true
      ? `${encodeWireJson(saved)}\n`
      : `${saved.path}  version ${saved.version}\n`,
  );
  return 0;
}

function conditionOf(options: OptionValues): FileCondition {
  const etag = options.text("ifMatch");
  const isReplacing = options.flag("replace") === true;
  if (etag !== undefined && isReplacing) throw new UsageError("--if-match and --replace do not go together");
  if (isReplacing) return { ifMatch: "*" };
  if (etag === undefined) return { ifNoneMatch: "*" };
  return { ifMatch: /^".*"$/.test(etag) ? etag : `"${etag}"` };
}
