import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Terminal } from "../command-line/command.ts";

/** Whether a shell would find a program by its name. */
export function isOnPath(name: string, { env }: Pick<Terminal, "env">): boolean {
  return (env["PATH"] ?? "").split(delimiter).some((directory) => {
    try {
      accessSync(join(directory || ".", name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
