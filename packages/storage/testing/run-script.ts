import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** The command line that runs a script beside this file from source. */
export function scriptCommand(script: string, args: readonly string[]): [string, ...string[]] {
  const path = fileURLToPath(new URL(`scripts/${script}`, import.meta.url));
  return [process.execPath, "--conditions=@notemill/source", path, ...args];
}

/** Starts a command. */
export function start([command, ...args]: readonly [string, ...string[]], stdio: StdioOptions): ChildProcess {
  return spawn(command, args, { stdio });
}

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. */
export async function run(command: readonly [string, ...string[]]): Promise<Ended> {
  const child = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** Makes a named pipe. */
export async function makePipe(path: string): Promise<void> {
  const { code, stderr } = await run(["mkfifo", path]);
  if (code !== 0) throw new Error(stderr);
}
