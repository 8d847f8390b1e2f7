import type { Store } from "@notemill/storage";
import { ServerError } from "../server-error.ts";

/** A part of the virtual file system, and where its bytes are. */
export interface Mount {
  /** As `/shared`: begins with a slash, does not end with one. */
  readonly prefix: string;
  readonly store: Store;
}

/** A virtual path, and what it stands for. */
export interface Mounted {
  /** The canonical path: `~` is written out. */
  readonly virtualPath: string;
  readonly store: Store;
  /** Path within the store; the store checks it. */
  readonly path: string;
}

/**
 * Finds what a virtual path stands for. `~/…` is the home of `user`.
 *
 * @throws {@link ServerError} `PATH_NOT_MOUNTED`.
 */
export function resolveVirtualPath(mounts: readonly Mount[], given: string, user: string): Mounted {
  const virtualPath = given.startsWith("~/") ? `/home/${user}/${given.slice(2)}` : given;
  const mount = mounts.find(({ prefix }) => virtualPath.startsWith(`${prefix}/`));
  if (mount === undefined) {
    const known = mounts.map(({ prefix }) => `${prefix}/…`).join(", ");
    throw new ServerError(
      "PATH_NOT_MOUNTED",
      `"${given}" is below no mounted directory; there are ~/… and ${known}`,
      {
        details: { path: given },
      },
    );
  }
  const path = virtualPath.slice(mount.prefix.length + 1).normalize("NFC");
  return { virtualPath: `${mount.prefix}/${path}`, store: mount.store, path };
}
