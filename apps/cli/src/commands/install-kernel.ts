import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { installSqlKernelspec } from "@notemill/sql-kernel";
import { ownCommand } from "../built-in-kernelspecs.ts";
import type { ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";

/** `notemill kernels install sql`: lets other Jupyter clients run a kernel that this program brings. */
export async function installKernel(
  { arguments: given, options }: ParsedCommandLine,
  { cwd, env, stdout }: Terminal,
): Promise<number> {
  const [action = "", kernel = "", ...more] = given;
  if (action !== "install") throw new UsageError(`no such action: "${action}"; expected install, or nothing`);
  if (kernel !== "sql" || more.length > 0) {
    throw new UsageError(
      `cannot install "${[kernel, ...more].join(" ")}"; expected sql, the only built-in kernel`,
    );
  }
  const prefix = options.text("prefix");
  if (prefix !== undefined && options.flag("user") === true) {
    throw new UsageError("--user and --prefix exclude each other");
  }
  const data = prefix === undefined ? userData(env) : join(resolve(cwd, prefix), "share", "jupyter");
  stdout.write(`installed sql in ${await installSqlKernelspec(data, ownCommand())}\n`);
  return 0;
}

/** Where Jupyter keeps a user's data. */
function userData(env: Terminal["env"]): string {
  const given = env["JUPYTER_DATA_DIR"];
  if (given) return given;
  const home = env["HOME"] ?? homedir();
  if (process.platform === "darwin") return join(home, "Library", "Jupyter");
  return join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "jupyter");
}
