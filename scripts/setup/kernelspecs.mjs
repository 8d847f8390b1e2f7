import { createRequire } from "node:module";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";

/**
 * Installs the kernelspec of the TypeScript kernel into the Python environment,
 * where every Jupyter client finds it. The kernel is the `deno` of node_modules.
 */
export function installTypeScriptKernelspec() {
  const deno = denoBinary();
  if (deno === undefined) return;
  const directory = join(root, ".venv", "share", "jupyter", "kernels", "deno");
  mkdirSync(directory, { recursive: true });
  const kernelspec = {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "TypeScript (Deno)",
    language: "typescript",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  };
  writeFileSync(join(directory, "kernel.json"), `${JSON.stringify(kernelspec, null, 1)}\n`);
}

/** Path of the binary that npm installed for this platform, if any. */
function denoBinary() {
  const require = createRequire(join(root, "package.json"));
  const libc = process.platform === "linux" ? "-glibc" : "";
  try {
    const manifest = require.resolve(`@deno/${process.platform}-${process.arch}${libc}/package.json`);
    const binary = join(dirname(manifest), "deno");
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}
