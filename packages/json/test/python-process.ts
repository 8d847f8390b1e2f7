import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A Python process that answers requests, one JSON line each. */
export interface PythonProcess {
  /** Sends a request and gives what the script printed for it. */
  ask(request: unknown): Promise<unknown>;
  /** Ends its input and waits for it to leave. */
  close(): Promise<void>;
}

const PEERS =
  process.env.NOTEMILL_PEERS_VENV ?? fileURLToPath(new URL("../../../.venv-peers", import.meta.url));

/**
 * Starts a script that reads a JSON line, prints a JSON line, and so on until
 * its input ends. It runs in the environment that holds the reference tools.
 */
export function startPython(script: URL): PythonProcess {
  const child = spawn(join(PEERS, "bin", "python"), ["-u", fileURLToPath(script)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const line = await Promise.race([lines.next(), exited.then(() => ({ done: true, value: "" }))]);
      if (line.done === true) throw new Error(`${script.pathname} ended without an answer`);
      return JSON.parse(line.value) as unknown;
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}
