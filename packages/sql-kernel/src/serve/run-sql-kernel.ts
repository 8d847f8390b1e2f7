/**
 * The process that is a SQL kernel: reads the connection file, opens the
 * database and serves until a client ends it or whoever started it is gone.
 */
import { rmSync } from "node:fs";
import { openDatabase } from "../database/open-database.ts";
import { SqlSession } from "../database/sql-session.ts";
import { readSqlSettings } from "../database/sql-settings.ts";
import { SqlKernelError } from "../sql-kernel-error.ts";
import { readConnectionFile } from "./connection-file.ts";
import { openKernelSockets } from "./kernel-sockets.ts";
import { planSpill } from "./spill-place.ts";
import { SqlKernel } from "./sql-kernel.ts";

/** How often a kernel looks whether the process that started it is alive, in milliseconds. */
const PARENT_POLL_MS = 1_000;

/**
 * Runs the kernel that `-f CONNECTION_FILE` describes, and ends the process.
 *
 * @param args - The command line behind `kernel-sql`.
 */
export async function runSqlKernel(args: readonly string[]): Promise<never> {
  try {
    process.exit(await serve(connectionFileOf(args)));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`notemill kernel-sql: ${message}\n`);
    process.exit(error instanceof SqlKernelError ? 2 : 1);
  }
}

async function serve(connectionFile: string): Promise<number> {
  const connection = readConnectionFile(connectionFile);
  const settings = readSqlSettings(process.env);
  const spillDirectory = planSpill(connectionFile);
  const ending = Promise.withResolvers<void>();
  try {
    const sockets = await openKernelSockets(connection, (error) => {
      process.stderr.write(
        `notemill kernel-sql: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    });
    using session = new SqlSession(
      await openDatabase({ cwd: process.cwd(), spillDirectory, variables: secretsOf(process.env) }, settings),
    );
    const kernel = new SqlKernel(sockets, session);
    process.on("SIGINT", () => kernel.interrupt());
    process.on("SIGTERM", () => ending.resolve());
    watchParent(() => ending.resolve());
    await Promise.race([kernel.serve(), ending.promise]);
    kernel.interrupt();
    sockets.close();
    return 0;
  } finally {
    rmSync(spillDirectory, { recursive: true, force: true });
  }
}

/** What a run was given that SQL is to read: there is no function for the environment. */
function secretsOf(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const secrets = Object.entries(env).filter(([name]) => /^NOTEMILL_SECRET_\w+$/.test(name));
  return Object.fromEntries(secrets.map(([name, text]) => [name, text ?? ""]));
}

function connectionFileOf(args: readonly string[]): string {
  const [flag, file, ...rest] = args;
  if (flag === "-f" && file !== undefined && rest.length === 0) return file;
  throw new SqlKernelError("SQL_CONNECTION_FILE_INVALID", "usage: notemill kernel-sql -f CONNECTION_FILE");
}

/** A client that is killed cannot end its kernel, so the kernel notices. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  if (process.env["JPY_PARENT_PID"] !== String(parent)) return;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, PARENT_POLL_MS).unref();
}
