import { lockedPackages, type NamedEnvironment } from "@notemill/kernel/environments";

/** An environment as JSON. */
export function describeNamed({ name, input, lock, lockedAt }: NamedEnvironment): object {
  return {
    name,
    python: lock.python,
    digest: lock.digest,
    locked_at: lockedAt,
    from: input.kind,
    packages: lockedPackages(lock),
  };
}
