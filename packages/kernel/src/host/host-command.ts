import { fileURLToPath } from "node:url";

/**
 * The command that is a kernel host, but for the directory behind it.
 *
 * It runs the module of this package that is one, from source where this is
 * source. Where the package was bundled into one file there is no such module,
 * and the caller has to say what to run instead.
 */
export function defaultHostCommand(): readonly string[] {
  const isSource = import.meta.url.endsWith(".ts");
  const entry = new URL(isSource ? "./serve/host-main.ts" : "./serve/host-main.js", import.meta.url);
  const flags = isSource ? ["--conditions=@notemill/source"] : [];
  return [process.execPath, ...flags, fileURLToPath(entry)];
}
