import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { SubmitRun } from "@notemill/api";
import { scriptLanguageOf } from "@notemill/parameters";
import type { Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/**
 * What is to be run: a script on this machine is read and sent along; every other
 * path is one of the server's.
 *
 * @throws {@link UsageError} for a script that cannot be read.
 */
export async function readWhat(
  path: string,
  { cwd }: Pick<Terminal, "cwd">,
): Promise<Pick<SubmitRun, "path" | "script">> {
  const language = scriptLanguageOf(path);
  // The server's paths begin at its root, or with a person's home.
  if (language === undefined || /^[~/]/.test(path)) return { path };
  try {
    const source = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(resolve(cwd, path)));
    return { script: { language, source, name: scriptName(path) } };
  } catch (cause) {
    const why = cause instanceof TypeError ? "it is not UTF-8" : (cause as Error).message;
    throw new UsageError(
      `the script "${path}" cannot be read: ${why}; a path of the server begins with ~/ or /`,
    );
  }
}

/** A name that the server takes, as near to the file's as it can be. */
function scriptName(path: string): string {
  const name = basename(path)
    .slice(-100)
    .replaceAll(/[^\p{L}\p{N}_. -]/gu, "_");
  return name.replace(/^[. -]/, "_");
}
