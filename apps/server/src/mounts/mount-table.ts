import type { Store } from "@notemill/storage";
import { ServerError } from "../server-error.ts";

/** A part of the virtual file system, and where its bytes are. */
export interface Mount {
  /** As `/shared`: begins with a slash, does not end with one. Empty for one that holds everything. */
  readonly prefix: string;
  readonly store: Store;
  /** Whether nobody may change what is in it. Default false. */
  readonly isReadOnly?: boolean;
}

/** A virtual path, and what it stands for. */
export interface Mounted {
  /** The canonical path: `~` is written out. */
  readonly virtualPath: string;
  readonly store: Store;
  /** Path within the store; the store checks it. */
  readonly path: string;
  readonly isReadOnly: boolean;
}

/**
 * Finds what the virtual path of a file stands for. `~/…` is the home of `user`.
 *
 * @throws {@link ServerError} `PATH_NOT_MOUNTED`.
 */
export function resolveVirtualPath(mounts: readonly Mount[], given: string, user: string): Mounted {
  const virtualPath = given.startsWith("~/") ? `/home/${user}/${given.slice(2)}` : given;
  const mount = mounts.find(({ prefix }) => virtualPath.startsWith(`${prefix}/`));
  if (mount === undefined) throw notMounted(mounts, given);
  const path = virtualPath.slice(mount.prefix.length + 1).normalize("NFC");
  return {
    virtualPath: `${mount.prefix}/${path}`,
    store: mount.store,
    path,
    isReadOnly: mount.isReadOnly === true,
  };
}

/** A virtual directory: one in a store, or one that only holds mounts. */
export type MountedDirectory =
  | (Mounted & { readonly kind: "stored" })
  | { readonly kind: "mounts"; readonly virtualPath: string; readonly names: readonly string[] };

/**
 * Finds what the virtual path of a directory stands for; `/`, `~` and a slash at the end are allowed.
 *
 * @throws {@link ServerError} `PATH_NOT_MOUNTED`.
 */
export function resolveVirtualDirectory(
  mounts: readonly Mount[],
  given: string,
  user: string,
): MountedDirectory {
  const written = given === "~" ? `/home/${user}` : given;
  const directory = written.endsWith("/") ? written.slice(0, -1) : written;
  const mount = mounts.find(({ prefix }) => prefix === directory);
  if (mount !== undefined) {
    const { store, isReadOnly = false } = mount;
    return { kind: "stored", virtualPath: directory || "/", store, path: "", isReadOnly };
  }
  if (directory === "" || directory.startsWith("/")) {
    const above = mounts.filter(({ prefix }) => prefix.startsWith(`${directory}/`));
    const names = above.map(({ prefix }) => prefix.slice(directory.length + 1).split("/")[0] ?? "");
    if (names.length > 0)
      return { kind: "mounts", virtualPath: directory || "/", names: [...new Set(names)].sort() };
  }
  return { kind: "stored", ...resolveVirtualPath(mounts, directory, user) };
}

function notMounted(mounts: readonly Mount[], given: string): ServerError {
  const known = mounts.map(({ prefix }) => `${prefix}/…`).join(", ");
  return new ServerError(
    "PATH_NOT_MOUNTED",
    `"${given}" is below no mounted directory; there are ~/… and ${known}`,
    { details: { path: given } },
  );
}
