import { randomUUID } from "node:crypto";
import {
  access,
  constants,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { KernelError } from "../kernel-error.ts";
import { forgetBuildFailure, noteBuildFailure } from "./build-failures.ts";
import type { EnvironmentLock } from "./environment-lock.ts";
import { type ProcessEnvironment, runUv } from "./uv.ts";

/** A built environment of Python packages, which nobody changes. */
export interface BuiltEnvironment {
  readonly digest: string;
  /** Its directory. */
  readonly prefix: string;
  /** Its interpreter. */
  readonly python: string;
}

/** Options of {@link buildEnvironment}. */
export interface BuildOptions {
  /** Where environments are kept. */
  readonly directory: string;
  readonly env: ProcessEnvironment;
  readonly signal?: AbortSignal | undefined;
}

/** Name of the file in a built environment that has its lock; its time is that of the last use. */
const LOCK_FILE = "notemill-lock.txt";

/** Where the environments lie that are whole, by digest. */
function builtDirectory(directory: string): string {
  return join(directory, "built");
}

/** What is being built in this process, by its place. */
const underWay = new Map<string, Promise<BuiltEnvironment>>();

/**
 * Gives the environment of a lock, which is built the first time. It appears whole
 * or not at all, whoever else builds the same and whatever dies.
 *
 * @throws {@link KernelError} `ENVIRONMENT_BUILD_FAILED` with what `uv` says, `UV_NOT_FOUND`.
 */
export async function buildEnvironment(
  lock: EnvironmentLock,
  options: BuildOptions,
): Promise<BuiltEnvironment> {
  const prefix = join(builtDirectory(options.directory), lock.digest);
  const built = { digest: lock.digest, prefix, python: join(prefix, "bin", "python") };
  if (await isWhole(built, lock)) {
    await noteUse(prefix);
    return built;
  }
  const known = underWay.get(prefix);
  // What stopped the other one need not stop this one.
  if (known !== undefined) return known.catch(() => buildEnvironment(lock, options));
  const building = noted(lock, options, build(lock, built, options)).finally(() => underWay.delete(prefix));
  underWay.set(prefix, building);
  return building;
}

/** Keeps why it went wrong, for those who did not wait for it. */
async function noted(
  { digest }: EnvironmentLock,
  { directory, signal }: BuildOptions,
  building: Promise<BuiltEnvironment>,
): Promise<BuiltEnvironment> {
  try {
    const built = await building;
    await forgetBuildFailure(directory, digest);
    return built;
  } catch (error) {
    // Where it cannot be kept, whoever waits is told all the same.
    if (error instanceof KernelError && signal?.aborted !== true)
      await noteBuildFailure(directory, digest, error).catch(() => undefined);
    throw error;
  }
}

async function build(
  lock: EnvironmentLock,
  built: BuiltEnvironment,
  { directory, env, signal }: BuildOptions,
): Promise<BuiltEnvironment> {
  await mkdir(builtDirectory(directory), { recursive: true });
  await clearBuilding(directory);
  const cwd = join(directory, `building-${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`);
  const place = join(cwd, "environment");
  const options = { env, cwd, signal };
  try {
    await mkdir(cwd);
    await writeFile(join(cwd, "lock.txt"), lock.text);
    const venv = ["venv", "--relocatable", "--no-project", "--quiet", "--python", lock.python, place];
    await succeed(venv, options);
    const python = join(place, "bin", "python");
    const sync = ["pip", "sync", "--require-hashes", "--no-build", "--compile-bytecode", "--quiet"];
    await succeed([...sync, "--python", python, "lock.txt"], options);
    await writeFile(join(place, LOCK_FILE), lock.text);
    try {
      await rename(place, built.prefix);
    } catch {
      // Somebody else was faster, or a disk has lost something of what stands there.
      if (await isWhole(built, lock)) return built;
      await setAside(built.prefix, directory);
      await rename(place, built.prefix);
    }
    return built;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

async function succeed(args: readonly string[], options: Parameters<typeof runUv>[1]): Promise<void> {
  const { exitCode, stderr } = await runUv(args, options);
  if (exitCode !== 0) throw failed(stderr.trim());
}

async function isWhole({ prefix, python }: BuiltEnvironment, { text }: EnvironmentLock): Promise<boolean> {
  try {
    await access(python, constants.X_OK);
    return (await readFile(join(prefix, LOCK_FILE), "utf8")) === text;
  } catch {
    return false;
  }
}

async function noteUse(prefix: string): Promise<void> {
  const now = new Date();
  await utimes(join(prefix, LOCK_FILE), now, now);
}

/** Takes a directory away in one step, and its files after that. */
async function setAside(path: string, directory: string): Promise<void> {
  const aside = join(directory, `building-${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`);
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** Removes what builders of this machine have left that were killed. */
async function clearBuilding(directory: string): Promise<void> {
  const own = `building-${hostname()}-`;
  for (const name of await readdir(directory).catch(() => [])) {
    const pid = Number(/-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1]);
    if (!name.startsWith(own) || !Number.isInteger(pid) || isAlive(pid)) continue;
    // A uv that has outlived its builder may still be writing; the next look removes what it leaves.
    await rm(join(directory, name), { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** A built environment in the list of those that there are. */
export interface BuiltEntry {
  readonly digest: string;
  readonly usedAt: Date;
}

/** The environments that are built. */
export async function listBuilt(directory: string): Promise<readonly BuiltEntry[]> {
  const names = await readdir(builtDirectory(directory)).catch(() => []);
  const entries: BuiltEntry[] = [];
  for (const digest of names.sort()) {
    const usedAt = await lastUse(join(builtDirectory(directory), digest));
    if (usedAt !== null) entries.push({ digest, usedAt });
  }
  return entries;
}

async function lastUse(prefix: string): Promise<Date | null> {
  return stat(join(prefix, LOCK_FILE)).then(
    ({ mtime }) => mtime,
    () => null,
  );
}

/** Removes built environments that have not been used since; a run that wants one builds it anew. @returns Their digests. */
export async function pruneBuilt(directory: string, unusedSince: Date): Promise<readonly string[]> {
  const unused = (await listBuilt(directory)).filter(({ usedAt }) => usedAt < unusedSince);
  for (const { digest } of unused) await setAside(join(builtDirectory(directory), digest), directory);
  await clearBuilding(directory);
  return unused.map(({ digest }) => digest);
}

function failed(said: string): KernelError {
  return new KernelError("ENVIRONMENT_BUILD_FAILED", `the environment cannot be built; uv says: ${said}`, {
    details: { uv: said },
  });
}
