import { lstat, mkdir, mkdtemp } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { KernelError } from "./kernel-error.ts";

/**
 * Longest path of a runtime directory: with a kernel's own directory and the socket's
 * name behind it, it must stay below the 104 bytes (macOS; Linux: 108) of a socket address.
 */
const LONGEST = 70;

/**
 * Makes a directory for one kernel's connection file and sockets, which only this user can enter.
 *
 * It lies in `runtimeDir`, else in `$XDG_RUNTIME_DIR/notemill`, else in `/tmp/notemill-UID`.
 *
 * @throws {@link KernelError} `RUNTIME_DIRECTORY_UNUSABLE` when the directory is
 * another user's, open to others, or too long for a socket address.
 */
export async function makeKernelDirectory(
  env: Readonly<Record<string, string | undefined>>,
  runtimeDir?: string,
): Promise<string> {
  const parent = runtimeDir ?? defaultRuntimeDirectory(env);
  await makePrivateDirectory(parent);
  return mkdtemp(join(parent, "k-"));
}

/**
 * Makes a directory that only this user can enter, unless it is there.
 *
 * @throws {@link KernelError} `RUNTIME_DIRECTORY_UNUSABLE`, as {@link makeKernelDirectory} does.
 */
export async function makePrivateDirectory(parent: string): Promise<void> {
  if (Buffer.byteLength(parent) > LONGEST) {
    throw unusable(parent, `is longer than the ${LONGEST} bytes that leave room for a socket`);
  }
  const found = await mkdir(parent, { recursive: true, mode: 0o700 })
    .then(() => lstat(parent))
    .catch((cause: unknown) => {
      throw unusable(parent, "cannot be made or looked at", cause);
    });
  if (!found.isDirectory()) throw unusable(parent, "is not a directory");
  if (found.uid !== userInfo().uid) throw unusable(parent, `belongs to user ${found.uid}`);
  if ((found.mode & 0o077) !== 0) throw unusable(parent, `is open to others (mode ${modeText(found.mode)})`);
}

function defaultRuntimeDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const base = env["XDG_RUNTIME_DIR"];
  if (base !== undefined && base.startsWith("/") && Buffer.byteLength(base) < LONGEST - 10) {
    return join(base, "notemill");
  }
  return `/tmp/notemill-${userInfo().uid}`;
}

function modeText(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, "0");
}

function unusable(directory: string, what: string, cause?: unknown): KernelError {
  return new KernelError(
    "RUNTIME_DIRECTORY_UNUSABLE",
    `the runtime directory ${directory} ${what}; expected a directory of this user with mode 0700`,
    { details: { directory }, cause },
  );
}
