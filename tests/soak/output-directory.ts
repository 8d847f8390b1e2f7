import { execFile } from "node:child_process";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Large enough for every notebook of the soak, journal included. */
const SIZE = "96m";

/** The directory that a run writes its output notebook to, a file system of its own where that is needed. */
export interface OutputDirectory extends AsyncDisposable {
  readonly path: string;
  /** Leaves not a byte on its disk. */
  fill(): Promise<void>;
  /** Undoes {@link OutputDirectory.fill}. */
  free(): Promise<void>;
  /** Makes it read-only for whoever opens something in it from now on. */
  forbidWrites(): Promise<void>;
  /** Undoes {@link OutputDirectory.forbidWrites}. */
  allowWrites(): Promise<void>;
  /** Takes it away, with all that is in it, to where nobody looks. */
  remove(): Promise<void>;
}

/** Tells whether this process may mount file systems, without which no disk can be full. */
export async function canMount(directory: string): Promise<boolean> {
  const path = join(directory, "mount-probe");
  await mkdir(path);
  try {
    await execute("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path]);
    await execute("umount", [path]);
    return true;
  } catch {
    return false;
  } finally {
    await rm(path, { recursive: true });
  }
}

/** Makes the directory. */
export async function makeOutputDirectory(
  path: string,
  { isDisk, isReadOnlyOnce }: { readonly isDisk: boolean; readonly isReadOnlyOnce: boolean },
): Promise<OutputDirectory> {
  const filler = join(path, "filler");
  const twin = `${path}-read-only`;
  const mounted: string[] = [];
  const mount = async (args: readonly string[]): Promise<void> => {
    await execute("mount", args);
    mounted.push(args.at(-1) ?? "");
  };
  const unmount = async (): Promise<void> => {
    await execute("umount", ["--lazy", mounted.pop() ?? ""]);
  };
  await mkdir(path);
  if (isDisk) await mount(["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", path]);
  if (isReadOnlyOnce) {
    // What is read-only before it is put in place is so from the first moment.
    await mkdir(twin);
    await mount(["--bind", path, twin]);
    await execute("mount", ["-o", "remount,bind,ro", twin]);
  }
  return {
    path,
    fill: () => fill(filler),
    free: () => rm(filler, { force: true }),
    forbidWrites: () => mount(["--bind", twin, path]),
    allowWrites: unmount,
    // In one step, as somebody may be writing in it.
    remove: () => rename(path, `${path}-removed`),
    async [Symbol.asyncDispose]() {
      while (mounted.length > 0) await unmount();
    },
  };
}

async function fill(path: string): Promise<void> {
  await using file = await open(path, "w");
  for (const size of [1 << 20, 1 << 12]) {
    const bytes = Buffer.alloc(size);
    try {
      for (;;) await file.write(bytes);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}
