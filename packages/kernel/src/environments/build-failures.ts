import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KernelError } from "../kernel-error.ts";

/** Why the last attempt to build an environment went wrong, by whichever process. */
export interface BuildFailure {
  readonly digest: string;
  readonly code: string;
  readonly message: string;
  readonly failedAt: Date;
}

/** The most of what `uv` says that is kept, in UTF-16 units. */
const LONGEST = 20_000;

function pathOf(directory: string, digest: string): string {
  return join(directory, "failed", `${digest}.json`);
}

/** Keeps why an environment could not be built, until somebody builds it. */
export async function noteBuildFailure(
  directory: string,
  digest: string,
  { code, message }: Pick<KernelError, "code" | "message">,
): Promise<void> {
  const path = pathOf(directory, digest);
  const temporary = `${path}.${randomUUID()}.tmp`;
  const facts = { code, message: message.slice(0, LONGEST), failed_at: new Date().toISOString() };
  await mkdir(join(directory, "failed"), { recursive: true });
  await writeFile(temporary, `${JSON.stringify(facts, null, 2)}\n`, { flag: "wx" });
  await rename(temporary, path);
}

/** Forgets why an environment could not be built: it is built now. */
export async function forgetBuildFailure(directory: string, digest: string): Promise<void> {
  await rm(pathOf(directory, digest), { force: true });
}

/** The environments that could not be built when it was tried last, in the order of their digests. */
export async function listBuildFailures(directory: string): Promise<readonly BuildFailure[]> {
  const names = await readdir(join(directory, "failed")).catch(() => []);
  const failures: BuildFailure[] = [];
  for (const name of names.filter((it) => /^[0-9a-f]{64}\.json$/.test(it)).sort()) {
    const digest = name.slice(0, -".json".length);
    const failure = await readFailure(directory, digest);
    if (failure !== null) failures.push(failure);
  }
  return failures;
}

/** Null for one that somebody has just built. */
async function readFailure(directory: string, digest: string): Promise<BuildFailure | null> {
  const text = await readFile(pathOf(directory, digest), "utf8").catch(() => null);
  if (text === null) return null;
  const { code, message, failed_at: failedAt } = JSON.parse(text) as Readonly<Record<string, string>>;
  return { digest, code: code ?? "", message: message ?? "", failedAt: new Date(failedAt ?? "") };
}
