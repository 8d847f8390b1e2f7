import { spawnSync } from "node:child_process";

/** Runs a program over `input` and gives what it printed; fails with what it said if it did not end well. */
export function runProcess(
  command: string,
  commandArguments: readonly string[],
  input = "",
  environment: Readonly<Record<string, string>> = {},
): string {
  const { error, status, stderr, stdout } = spawnSync(command, commandArguments, {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8", ...environment },
    input,
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(0, 4000)}`);
  return stdout;
}
