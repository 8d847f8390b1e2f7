import { storePath } from "@notemill/storage";
import {
  type Mounted,
  type MountedDirectory,
  resolveVirtualDirectory,
  resolveVirtualPath,
} from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";

type Mounts = Pick<Platform, "mounts" | "user">;

/** The file that a virtual path names, which need not be there. @throws `PATH_NOT_MOUNTED`, `STORAGE_PATH_INVALID`. */
export function fileAt({ mounts, user }: Mounts, given: string): Mounted {
  return checked(resolveVirtualPath(mounts, given, user));
}

/** The directory that a virtual path names, which need not be there. @throws As {@link fileAt}. */
export function directoryAt({ mounts, user }: Mounts, given: string): MountedDirectory {
  const found = resolveVirtualDirectory(mounts, given, user);
  if (found.kind === "mounts" || found.path === "") return found;
  return { kind: "stored", ...checked(found) };
}

/** Refuses what leads elsewhere before the database or a store sees it. */
function checked(found: Mounted): Mounted {
  return { ...found, path: storePath(found.path) };
}
