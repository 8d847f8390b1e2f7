import { createHash, randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";

const NAME = /^\.notemill-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/;
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * A name for a new temporary file or directory beside `target`.
 *
 * It tells which process on which machine owns it, so that a later
 * process can see that it was left behind by a crash. Its length does not
 * depend on the target's, which may already be as long as the file system allows.
 */
export function temporaryPath(target: string): string {
  lastUnique = (lastUnique + 1) % 2 ** 48;
  const unique = lastUnique.toString(16).padStart(12, "0");
  return join(dirname(target), `.notemill-${machineTag()}-${process.pid}-${unique}.tmp`);
}

/** Begins at random, as threads of one process count on their own. */
let lastUnique = randomBytes(6).readUIntBE(0, 6);

/** Tells whether a file name is one that this package makes for its own use: a temporary file or a lock. */
export function isTemporaryName(name: string): boolean {
  return NAME.test(name) || isLockName(name);
}

/** Tells whether this process, or one that may still live, owns a temporary file of this name. */
export function mayBeAlive(temporaryName: string): boolean {
  const [, machine, pid] = NAME.exec(temporaryName) ?? [];
  return machine !== machineTag() || isAlive(Number(pid));
}

/** The name of the lock on the file `name` of the same directory. */
export function lockName(name: string): string {
  return `.notemill-${createHash("sha256").update(name).digest("hex").slice(0, 32)}.lock`;
}

function isLockName(name: string): boolean {
  return /^\.notemill-[0-9a-f]{32}\.lock$/.test(name);
}

/**
 * Deletes the temporary files and directories in `directory` that no process will finish.
 *
 * Such a one belongs to a dead process of this machine, or is more than a day
 * old. What cannot be read or deleted is left alone: sweeping is a courtesy.
 *
 * @returns the paths that were deleted.
 */
export async function sweepTemporaryFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  const swept: string[] = [];
  for (const name of names.filter((name) => NAME.test(name))) {
    const path = join(directory, name);
    try {
      if (!(await isAbandoned(name, path))) continue;
      await rm(path, { recursive: true });
      swept.push(path);
    } catch {
      // Another process was faster, or the file is not ours to delete.
    }
  }
  return swept;
}

async function isAbandoned(name: string, path: string): Promise<boolean> {
  if (!mayBeAlive(name)) return true;
  const { mtimeMs } = await stat(path);
  return Date.now() - mtimeMs > ABANDONED_AFTER_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

let cachedTag: string | undefined;

/** Process ids mean the same only on one host and in one PID namespace. */
function machineTag(): string {
  cachedTag ??= createHash("sha256").update(`${hostname()} ${pidNamespace()}`).digest("hex").slice(0, 8);
  return cachedTag;
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
