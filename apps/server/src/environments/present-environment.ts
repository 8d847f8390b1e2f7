import type { Environment } from "@notemill/api";
import { type Environments, lockedPackages, type NamedEnvironment } from "@notemill/kernel/environments";

/** What is known of environments beside their names, by digest. */
export interface BuildStates {
  readonly built: ReadonlyMap<string, Date>;
  readonly failed: ReadonlyMap<string, NonNullable<Environment["failure"]>>;
  /** Those that this server builds just now. */
  readonly building: ReadonlySet<string>;
}

/** Looks which environments are built, and which could not be. */
export async function readBuildStates(
  environments: Environments,
  building: ReadonlySet<string>,
): Promise<BuildStates> {
  const built = await environments.built();
  const failures = await environments.failures();
  return {
    built: new Map(built.map(({ digest, usedAt }) => [digest, usedAt])),
    failed: new Map(
      failures.map(({ digest, code, message, failedAt }) => [
        digest,
        { code, message, failed_at: failedAt.toISOString() },
      ]),
    ),
    building,
  };
}

/** An environment as the API shows it. */
export function presentEnvironment(
  { name, input, lock, lockedAt }: NamedEnvironment,
  { built, failed, building }: BuildStates,
): Environment {
  const usedAt = built.get(lock.digest)?.toISOString() ?? null;
  const failure = usedAt === null && !building.has(lock.digest) ? (failed.get(lock.digest) ?? null) : null;
  return {
    name,
    digest: lock.digest,
    python: lock.python,
    packages: [...lockedPackages(lock)],
    from: input.kind,
    locked_at: lockedAt,
    state:
      usedAt !== null
        ? "built"
        : building.has(lock.digest)
          ? "building"
          : failure === null
            ? "not_built"
            : "failed",
    used_at: usedAt,
    failure,
  };
}
