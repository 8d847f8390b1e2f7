import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The launcher of this clone. */
export const NOTEMILL = resolve("notemill");

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface RunningCommand {
  readonly process: ChildProcess;
  readonly result: Promise<CommandResult>;
  /** Resolves when standard output or standard error has said this. */
  readonly said: (text: string) => Promise<void>;
}

/** Options of {@link startCommand}. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Whether it leads a process group of its own, as a shell with job control starts it. Default false. */
  readonly detached?: boolean;
}

/** Starts a command with its standard input closed, or fed with `input`. */
export function startCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): RunningCommand {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: options.detached ?? false,
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let waiting: { text: string; resolve: () => void }[] = [];
  const wake = (): void => {
    const heard = waiting.filter(({ text }) => stdout.includes(text) || stderr.includes(text));
    waiting = waiting.filter((it) => !heard.includes(it));
    for (const { resolve: done } of heard) done();
  };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    wake();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    wake();
  });
  child.stdin?.end(options.input);

  const ended = Promise.withResolvers<CommandResult>();
  child.once("error", ended.reject);
  child.once("close", (exitCode, signal) => ended.resolve({ exitCode, signal, stdout, stderr }));
  return {
    process: child,
    result: ended.promise,
    said: (text) =>
      Promise.race([
        new Promise<void>((done) => {
          waiting.push({ text, resolve: done });
          wake();
        }),
        ended.promise.then(() => undefined),
      ]),
  };
}

const [SERVING = "", ...SERVING_WORDS] = process.execArgv.includes("--liftoff-only")
  ? [process.execPath, "--liftoff-only", resolve("apps/cli/dist/bin/notemill.js")]
  : [NOTEMILL];

/**
 * Starts `notemill` where it may open PGlite.
 *
 * Where the tests' own process has V8 compile WebAssembly once and never better, it does too: to make PGlite's faster
 * takes a processor for longer than most servers of a test live.
 */
export function startServing(args: readonly string[], options: CommandOptions): RunningCommand {
  return startCommand(SERVING, [...SERVING_WORDS, ...args], options);
}

/** Runs `notemill` to its end. */
export function notemill(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return startCommand(NOTEMILL, args, options).result;
}

/** A directory that is gone after `body`. */
export async function withDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "notemill-test-"));
  try {
    return await body(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
