import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** The built web app, in memory: it is small, and everybody asks for the same files. */
export interface Pages {
  /** The page that every address of the app is answered with. */
  readonly html: Buffer;
  /** Pages of the programs that show outputs, by their names. */
  readonly frames: ReadonlyMap<string, Buffer>;
  /** Files by their path below the app, as `assets/index-ZB7tr3PG.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
}

/** A file of the app. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether its name has a hash of its bytes, so that it never changes. */
  readonly isImmutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * Reads the built web app.
 *
 * @param directory - As the build writes it: `index.html`, files beside it, `frames/NAME.html`, and `assets` with hashes in their names.
 * @param basePath - What the paths of the app begin with in a browser: empty, or as `/notes`.
 */
export async function readPages(directory: string, basePath: string): Promise<Pages> {
  const files = new Map<string, PageFile>();
  const frames = new Map<string, Buffer>();
  for (const { name, parentPath } of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(parentPath, name);
    const below = path.slice(join(directory, "/").length);
    if (below.startsWith("frames/") && name.endsWith(".html"))
      frames.set(name.slice(0, -".html".length), await readFile(path));
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    files.set(below, { type, bytes: await readFile(path), isImmutable: below.startsWith("assets/") });
  }
  const html = await readFile(join(directory, "index.html"), "utf8");
  // The build names its files relatively; pages are at any depth.
  return { html: Buffer.from(html.replaceAll('="./', `="${basePath}/`)), frames, files };
}
