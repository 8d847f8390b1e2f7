import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** How a papermill command ended. */
export interface PapermillResult {
  /** Negative for a signal. */
  readonly exitCode: number;
  /** Everything it printed. */
  readonly printed: string;
}

/** A Python process that has imported papermill, and forks one for each command. */
export interface Papermill {
  /** Runs the command in a directory; `log` is a file for what it prints. */
  run(options: {
    readonly cwd: string;
    readonly args: readonly string[];
    readonly log: string;
  }): Promise<PapermillResult>;
  /** Ends the process; nothing may run any more. */
  end(): Promise<void>;
}

/** Starts papermill from a virtual environment. */
export function startPapermill(venv: string, env: Readonly<Record<string, string>>): Papermill {
  const child = spawn(join(venv, "bin", "python"), [resolve("tests/differential/papermill-forks.py")], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = new Map<number, (exitCode: number) => void>();
  const ended = once(child, "close");
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, exit_code: exitCode } = JSON.parse(line) as { id: number; exit_code: number };
    waiting.get(id)?.(exitCode);
    waiting.delete(id);
  });
  let last = 0;
  return {
    async run({ cwd, args, log }) {
      const id = ++last;
      const over = Promise.withResolvers<number>();
      waiting.set(id, over.resolve);
      child.stdin.write(`${JSON.stringify({ id, cwd, args, log })}\n`);
      const early = ended.then(([exitCode, signal]) => {
        throw new Error(`papermill's parent ended: ${exitCode ?? signal}`);
      });
      const exitCode = await Promise.race([over.promise, early]);
      return { exitCode, printed: await readFile(log, "utf8") };
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
