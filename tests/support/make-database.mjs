// Vitest's global set-up: makes an empty database as a server does at its first start, which takes a processor for
// six seconds, once for all servers of the tests.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pinnedNode, root } from "../../scripts/setup/paths.mjs";
import { run, step } from "../../scripts/setup/step.mjs";
import { EMPTY_DATABASE } from "./empty-database.ts";

export async function setup() {
  const inputs = [
    "node_modules/@electric-sql/pglite/package.json",
    "packages/store/src/migrate.ts",
    "tests/support/empty-database-main.ts",
    ...globSync("packages/store/sql/*.sql", { cwd: root }).sort(),
  ].map((path) => [path, readFileSync(join(root, path), "utf8")]);
  await step(
    "test-database",
    {
      title: "Making an empty database for the tests",
      inputs,
      done: () => existsSync(join(EMPTY_DATABASE, "PG_VERSION")),
    },
    () => {
      const script = join(root, "tests", "support", "empty-database-main.ts");
      run(pinnedNode(), ["--conditions=@notemill/source", script, EMPTY_DATABASE]);
    },
  );
}
