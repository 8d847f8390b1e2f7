import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KernelError } from "../kernel-error.ts";
import {
  type BuiltEntry,
  type BuiltEnvironment,
  buildEnvironment,
  listBuilt,
  pruneBuilt,
} from "./build-environment.ts";
import { type BuildFailure, forgetBuildFailure, listBuildFailures } from "./build-failures.ts";
import type { DeclaredEnvironment } from "./declared-environment.ts";
import { type EnvironmentInput, type EnvironmentLock, readLock } from "./environment-lock.ts";
import { lockEnvironment } from "./lock-environment.ts";
import type { ProcessEnvironment } from "./uv.ts";

/** An environment with a name. */
export interface NamedEnvironment {
  readonly name: string;
  readonly input: EnvironmentInput;
  readonly lock: EnvironmentLock;
  /** When it was resolved, in ISO 8601. */
  readonly lockedAt: string;
}

/** A lock with the name that it goes by. */
export interface ChosenEnvironment {
  /** The name of a named one; `auto` for one that a notebook declares. */
  readonly name: string;
  readonly lock: EnvironmentLock;
}

/** The environments of a directory, which any number of processes share. */
export interface Environments {
  /**
   * Resolves an input and keeps it under a name; one of that name is replaced.
   *
   * @throws {@link KernelError} `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_UNSOLVABLE`, `UV_NOT_FOUND`.
   */
  create(name: string, input: EnvironmentInput, options: EnvironmentCall): Promise<NamedEnvironment>;
  /** @throws {@link KernelError} `ENVIRONMENT_NOT_FOUND`. */
  get(name: string): Promise<NamedEnvironment>;
  /** In the order of names. */
  list(): Promise<readonly NamedEnvironment[]>;
  /** Forgets a name, and tells whether there was one. What is built stays until it is pruned. */
  remove(name: string): Promise<boolean>;
  /**
   * Chooses the environment of a notebook: by name, or with `auto` what it declares,
   * resolved once for the same declaration. Null where nothing is asked for, or `none`.
   *
   * @param wanted - Default: the name that the notebook itself says.
   * @throws {@link KernelError} `ENVIRONMENT_UNDECLARED` and those of {@link get} and {@link create}.
   */
  choose(
    wanted: string | null,
    declared: DeclaredEnvironment,
    options: EnvironmentCall,
  ): Promise<ChosenEnvironment | null>;
  /** Resolves what a notebook declares anew, for all that choose it from here on. */
  relock(input: EnvironmentInput, options: EnvironmentCall): Promise<EnvironmentLock>;
  /** See {@link buildEnvironment}. */
  build(lock: EnvironmentLock, signal?: AbortSignal): Promise<BuiltEnvironment>;
  built(): Promise<readonly BuiltEntry[]>;
  /** Those that could not be built when any process of the directory tried last. */
  failures(): Promise<readonly BuildFailure[]>;
  /** Removes built environments that have not been used since, and why others could not be built before. @returns Their digests. */
  prune(unusedSince: Date): Promise<readonly string[]>;
}

/** What a call that may resolve something needs. */
export interface EnvironmentCall {
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/** Names that mean something else. */
const RESERVED = ["auto", "none"];

/** Opens the environments of a directory, which is made when something is kept in it. */
export function openEnvironments(directory: string, env: ProcessEnvironment): Environments {
  const namedPath = (name: string): string => join(directory, "named", `${checkedName(name)}.json`);
  const declaredPath = (input: EnvironmentInput): string =>
    join(directory, "declared", `${hashOf(`${input.kind}\n${input.text}`)}.json`);

  const get = async (name: string): Promise<NamedEnvironment> =>
    (await readNamed(namedPath(name))) ?? notFound(name);
  const relock: Environments["relock"] = async (input, { now, signal }) => {
    const lock = await lockEnvironment(input, { env, signal });
    await writeNamed(declaredPath(input), { name: "auto", input, lock, lockedAt: now.toISOString() });
    return lock;
  };
  return {
    async create(name, input, { now, signal }) {
      const path = namedPath(name);
      const lock = await lockEnvironment(input, { env, signal });
      const made = { name, input, lock, lockedAt: now.toISOString() };
      await writeNamed(path, made);
      return made;
    },
    get,
    async list() {
      const names = await readdir(join(directory, "named")).catch(() => []);
      const found = names.filter((it) => /^[^.].*\.json$/.test(it)).sort();
      return Promise.all(found.map((it) => get(it.slice(0, -".json".length))));
    },
    async remove(name) {
      const path = namedPath(name);
      const isThere = (await readNamed(path)) !== null;
      await rm(path, { force: true });
      return isThere;
    },
    async choose(wanted, declared, options) {
      const name = wanted ?? declared.name;
      if (name === null || name === "none") return null;
      if (name !== "auto") return { name, lock: (await get(name)).lock };
      const { input } = declared;
      if (input === null) throw undeclared();
      const known = await readNamed(declaredPath(input));
      return { name, lock: known?.lock ?? (await relock(input, options)) };
    },
    relock,
    build: (lock, signal) => buildEnvironment(lock, { directory, env, signal }),
    built: () => listBuilt(directory),
    failures: () => listBuildFailures(directory),
    async prune(unusedSince) {
      for (const { digest, failedAt } of await listBuildFailures(directory))
        if (failedAt < unusedSince) await forgetBuildFailure(directory, digest);
      return pruneBuilt(directory, unusedSince);
    },
  };
}

function checkedName(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,62}$/u.test(name) && !RESERVED.includes(name) && !name.endsWith("."))
    return name.normalize("NFC");
  throw new KernelError(
    "ENVIRONMENT_NAME_INVALID",
    `"${name}" is no name of an environment: use letters, digits, dots and dashes, at most 63, and not ${RESERVED.join(" or ")}`,
    { details: { name } },
  );
}

async function readNamed(path: string): Promise<NamedEnvironment | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const {
    name,
    input,
    lock,
    locked_at: lockedAt,
  } = JSON.parse(text) as {
    readonly name: string;
    readonly input: EnvironmentInput;
    readonly lock: string;
    readonly locked_at: string;
  };
  return { name, input, lock: readLock(lock), lockedAt };
}

/** In one step: somebody else may read it. */
async function writeNamed(path: string, { name, input, lock, lockedAt }: NamedEnvironment): Promise<void> {
  const facts = { format: "notemill.environment/1", name, input, lock: lock.text, locked_at: lockedAt };
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, `${JSON.stringify(facts, null, 2)}\n`, { flag: "wx" });
  await rename(temporary, path);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function notFound(name: string): never {
  throw new KernelError(
    "ENVIRONMENT_NOT_FOUND",
    `there is no environment "${name}"; notemill environments list shows those that there are`,
    { details: { name } },
  );
}

function undeclared(): KernelError {
  return new KernelError(
    "ENVIRONMENT_UNDECLARED",
    "the notebook declares no environment: give a code cell a block of # /// script with its dependencies, as PEP 723 has it",
  );
}
