import { Writable } from "node:stream";
import type { Terminal } from "../../apps/cli/src/command-line/command.ts";
import { runCli } from "../../apps/cli/src/run-cli.ts";
import type { CommandOptions, CommandResult } from "./cli.ts";

/**
 * Runs a command line in the process of the test: the whole of the command-line app but for the start of a process.
 *
 * For the commands that ask a server. One that starts kernels or serves is started as users start it, by
 * {@link notemill}, and so is one that is to be fed or killed.
 */
export async function runCommand(
  words: readonly string[],
  { env = {}, cwd = process.cwd() }: Pick<CommandOptions, "cwd" | "env"> = {},
): Promise<Pick<CommandResult, "exitCode" | "stdout" | "stderr">> {
  const stdout = keepText();
  const stderr = keepText();
  const terminal: Terminal = {
    stdout: stdout.stream as NodeJS.WriteStream,
    stderr: stderr.stream as NodeJS.WriteStream,
    env: { ...process.env, ...env },
    cwd,
    interrupted: new AbortController().signal,
  };
  const exitCode = await runCli(words, terminal);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

/** A stream that remembers what it was told. */
function keepText(): { readonly stream: Writable; readonly text: () => string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    decodeStrings: true,
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(parts).toString("utf8") };
}
