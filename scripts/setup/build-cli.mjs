import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildWeb } from "./build-web.mjs";
import { root } from "./paths.mjs";

/** Bundles the command-line app from its TypeScript sources. Runs on the pinned Node. */
async function buildCli() {
  const { build } = await import("rolldown");
  const directory = join(root, "apps", "cli", "dist", "bin");
  rmSync(directory, { recursive: true, force: true });
  await build({
    input: {
      notemill: join(root, "apps", "cli", "src", "main.ts"),
      // A thread begins with a file of its own.
      "database-worker": join(root, "packages", "store", "src", "pglite", "worker-main.ts"),
    },
    platform: "node",
    // These bring files of their own, or look for what may not be installed.
    external: ["@duckdb/node-api", "zeromq", "@electric-sql/pglite", "pg", "fastify", "pino", "prom-client"],
    resolve: { conditionNames: ["@notemill/source", "node", "import", "default"] },
    logLevel: "warn",
    output: { dir: directory, format: "esm", sourcemap: true, chunkFileNames: "chunks/[name]-[hash].js" },
  });
  await buildWeb(join(directory, "pages"));
  cpSync(join(root, "packages", "store", "sql"), join(directory, "sql"), { recursive: true });
  cpSync(join(root, "docs", "reference", "errors.md"), join(directory, "errors.md"));
  cpSync(join(root, "examples"), join(directory, "examples"), {
    recursive: true,
    filter: (path) => !path.includes(".ipynb_checkpoints"),
  });
}

await buildCli();
