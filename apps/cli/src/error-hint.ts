import type { CodedError } from "@notemill/errors";
import { ExecutorError, shellWord } from "@notemill/executor";
import type { Terminal } from "./command-line/command.ts";
import { kernelHint, nameHint } from "./kernel-hint.ts";

/**
 * What to add to the message of an error: what to do about it, where the message cannot know.
 *
 * @param words - The command line.
 */
export async function errorHint(
  error: CodedError,
  words: readonly string[],
  { env }: Pick<Terminal, "env">,
): Promise<string> {
  if (error.code === "SERVER_UNREACHABLE") return UNREACHABLE;
  if (PATH_CODES.has(error.code)) return homeHint(words, env["HOME"] ?? "") || localHint(error);
  // One that a server has thrown is about the kernels of the server.
  if (error instanceof ExecutorError && error.code === "KERNEL_NAME_MISSING") {
    const { installedKernelspecs } = await import("./built-in-kernelspecs.ts");
    return nameHint((await installedKernelspecs()).map(({ name }) => name));
  }
  return kernelHint(error);
}

const UNREACHABLE =
  "; start one with notemill serve, or name the one that is meant with --server URL or $NOTEMILL_SERVER";

const PATH_CODES: ReadonlySet<string> = new Set(["PATH_NOT_MOUNTED", "NOTEBOOK_NOT_FOUND", "FILE_NOT_FOUND"]);

/** A path that is below nothing that the server has is one of the machine where it was typed. */
function localHint({ code, details: { path } }: CodedError): string {
  if (code !== "PATH_NOT_MOUNTED" || typeof path !== "string" || path.startsWith("~")) return "";
  const name = path.split("/").at(-1) ?? "";
  return `; put a file of this machine there, as notemill files put ${shellWord(path)} ${shellWord(`~/${name}`)}, or show its directory with notemill serve --home DIRECTORY or --mount /data=DIRECTORY`;
}

/** A shell puts the home directory in place of a ~ that is not in quotes; servers have another one. */
function homeHint(words: readonly string[], home: string): string {
  const front = `${home.replace(/\/+$/, "")}/`;
  const word = front === "/" ? undefined : words.find((it) => it.startsWith(front));
  if (word === undefined) return "";
  return `; the shell has put ${front} in place of ~/: write '~/${word.slice(front.length)}', in quotes, for the server's own`;
}
