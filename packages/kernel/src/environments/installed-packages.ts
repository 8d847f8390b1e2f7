import { createHash } from "node:crypto";
import { glob, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";

import { kernelCommand } from "../kernel-command.ts";
import type { Kernelspec } from "../kernelspec.ts";

/** What is installed for an interpreter that nobody has locked. */
export interface InstalledPackages {
  /** SHA-256 of the sorted names and versions, one a line. */
  readonly digest: string;
  readonly count: number;
  /** Version of the interpreter, as `3.11`, by the name of the directory; null where that says none. */
  readonly python: string | null;
}

const known = new Map<string, InstalledPackages>();

/**
 * Looks which packages lie beside the interpreter of a Python kernel, by their `.dist-info` directories.
 * That is read again only where something was installed or removed since.
 *
 * @returns Null where the kernel's program is no interpreter with packages of its own.
 */
export async function installedPackages(kernelspec: Kernelspec): Promise<InstalledPackages | null> {
  const [python = ""] = kernelCommand(kernelspec, "");
  if (!isAbsolute(python)) return null;
  const places = await packageDirectories(python);
  if (places.length === 0) return null;
  const times = await Promise.all(places.map(async (place) => `${place} ${(await stat(place)).mtimeMs}`));
  const key = times.join("\n");
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const names: string[] = [];
  for (const place of places)
    for await (const path of glob(join(place, "*.{dist,egg}-info"))) names.push(nameOf(basename(path)));
  const list = [...new Set(names)].sort();
  const digest = createHash("sha256")
    .update(list.map((name) => `${name}\n`).join(""))
    .digest("hex");
  const version = /\/python(\d+\.\d+)\//.exec(places[0] ?? "")?.[1] ?? null;
  const found = { digest, count: list.length, python: version };
  if (known.size > 100) known.clear();
  known.set(key, found);
  return found;
}

async function packageDirectories(python: string): Promise<readonly string[]> {
  // A virtual environment is where its link is, and not where that leads.
  const prefixes = [dirname(dirname(python)), dirname(dirname(await realpath(python).catch(() => python)))];
  const places: string[] = [];
  for (const prefix of prefixes) {
    for await (const place of glob(join(prefix, "lib", "python3*", "{site,dist}-packages")))
      places.push(place);
    // Those of the base are not seen from within.
    if (places.length > 0) break;
  }
  return places.sort();
}

function nameOf(directory: string): string {
  return directory.replace(/\.(?:dist|egg)-info$/, "").replace("-", "==");
}
