import { join } from "node:path";
import { root } from "./paths.mjs";

/** Bundles the web app from its TypeScript sources into `directory`, which it empties. */
export async function buildWeb(directory) {
  // The tests build too, and show what users get.
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  await build({
    root: join(root, "apps", "web"),
    logLevel: "warn",
    build: { outDir: directory, emptyOutDir: true },
  });
}
