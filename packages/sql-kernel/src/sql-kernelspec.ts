import { dirname } from "node:path";
import type { Kernelspec } from "@notemill/kernel";

/**
 * Makes the kernelspec `sql`.
 *
 * @param command - The command that is `notemill`, to which `kernel-sql -f FILE` is added.
 */
export function sqlKernelspec(command: readonly string[]): Kernelspec {
  return {
    name: "sql",
    resourceDir: dirname(command.at(-1) ?? ""),
    argv: [...command, "kernel-sql", "-f", "{connection_file}"],
    displayName: "SQL (DuckDB)",
    language: "sql",
    interruptMode: "message",
    env: {},
    metadata: {},
  };
}
