import { isCodedError } from "@notemill/errors";
import type { Command, Terminal } from "./command-line/command.ts";
import { parseCommandLine } from "./command-line/parse-command-line.ts";
import { UsageError } from "./command-line/usage-error.ts";

/** Loads a command when it is called, so that none pays for the others. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.ts")).runCommand,
};

/** Runs one command line and gives the exit code of the process. */
export async function runCli(words: readonly string[]): Promise<number> {
  const [name = "", ...rest] = words;
  const terminal = processTerminal();
  try {
    const load = COMMANDS[name];
    if (!load) throw new UsageError(`no such command: "${name}"; see notemill --help`);
    const command = await load();
    return await command.run(parseCommandLine(command, rest), terminal);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    terminal.stderr.write(`notemill: ${error.message} (${error.code})\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function processTerminal(): Terminal {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => interruption.abort(signal));
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    interrupted: interruption.signal,
  };
}
