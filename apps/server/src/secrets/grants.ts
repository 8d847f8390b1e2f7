import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";

const BELOW = "/**";

/** Whether a grant covers the notebook at a path. */
export function covers(grant: string, path: string): boolean {
  return grant.endsWith(BELOW) ? path.startsWith(grant.slice(0, -BELOW.length + 1)) : grant === path;
}

/** A grant as it is kept. @throws What `resolveVirtualPath` does for a path that is none. */
export function readGrant({ mounts, user }: Platform, grant: string): string {
  // Scripts that came with their requests have paths of their own.
  if (/^\/scripts\/[^/]+$/.test(grant)) return grant;
  if (!grant.endsWith(BELOW)) return resolveVirtualPath(mounts, grant, user).virtualPath;
  const inside = resolveVirtualPath(mounts, `${grant.slice(0, -BELOW.length)}/x`, user).virtualPath;
  return `${inside.slice(0, -"/x".length)}${BELOW}`;
}
