import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

const SUFFIX = ".sql-spill";

/**
 * Thinks out where a kernel's database puts what does not fit in memory.
 *
 * That is a directory beside the connection file, if nobody else can enter
 * there, which comes to be only when it is needed; so a kernel that is killed
 * leaves nothing unless it had spilled, and then the next kernel deletes it.
 */
export function planSpill(connectionFile: string): string {
  const directory = dirname(resolve(connectionFile));
  const { uid, mode } = statSync(directory);
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) return mkdtempSync(join(tmpdir(), "notemill-sql-"));
  for (const name of readdirSync(directory)) {
    if (!name.endsWith(SUFFIX) || existsSync(join(directory, name.slice(0, -SUFFIX.length)))) continue;
    rmSync(join(directory, name), { recursive: true, force: true });
  }
  return join(directory, `${basename(connectionFile)}${SUFFIX}`);
}
