import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkAddress } from "../http/check-address.ts";
import { alreadyRunning, findRunningServer } from "../data/running-server.ts";
import { isApart } from "../mounts/is-apart.ts";
import { mountedDirectories } from "../mounts/open-mounts.ts";
import { refuseShown } from "../mounts/refuse-shown.ts";
import { sweepUnpacked } from "../records/archive/unpacked-directory.ts";
import { ServerError } from "../server-error.ts";
import type { ServerOptions } from "./server-options.ts";

/** Where a server keeps what. All of them are there. */
export interface DataDirectories {
  /** All but the home directory is in it. */
  readonly data: string;
  readonly home: string;
  readonly shared: string;
  readonly runs: string;
  readonly sources: string;
  readonly backups: string;
  readonly live: string;
  readonly versions: string;
}

/**
 * Makes the directories of a server, once it is known that it can have them: that they show nothing they should
 * not, that no other server has them, and that the address is free.
 *
 * @throws {@link ServerError} `ADDRESS_UNUSABLE`, `MOUNT_INVALID`, `TOKEN_FILE_UNUSABLE`, `SECRET_KEY_UNUSABLE`, and
 * `STORE_LOCKED` where a server runs on the data directory.
 */
export async function openData(
  options: ServerOptions,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<DataDirectories> {
  const data = resolve(options.dataDirectory);
  const home = resolve(options.homeDirectory ?? join(data, "home"));
  const inside = {
    shared: join(data, "shared"),
    runs: join(data, "runs"),
    sources: join(data, "sources"),
    backups: join(data, "backups"),
    live: join(data, "live"),
    versions: join(data, "versions"),
  };
  const isViewOnly = options.viewOnly !== undefined;
  if (!isViewOnly && !(await isApart(home, data))) throw showsData(home, data);
  const shown = mountedDirectories(options.mounts ?? []);
  await refuseShown(options, isViewOnly ? shown : [home, inside.shared, ...shown]);
  if (options.databaseUrl === undefined) {
    const running = await findRunningServer(data);
    if (running !== null) throw alreadyRunning(data, running);
  }
  // Before anything is made or opened, which takes seconds.
  await checkAddress(host, port);
  await mkdir(data, { recursive: true, mode: 0o700 });
  for (const directory of [home, ...Object.values(inside)]) await mkdir(directory, { recursive: true });
  await sweepUnpacked(data);
  return { data, home, ...inside };
}

function showsData(home: string, data: string): ServerError {
  return new ServerError(
    "MOUNT_INVALID",
    `the home directory "${home}" would show the data directory "${data}", which has the server's tokens and keys; name another one with --home, or put the data elsewhere with --data`,
  );
}
