// Every check that a change must pass: types, lint, format, unused code, package shape, tests.
import { readdirSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { root, workspaceEnvironment } from "./setup/paths.mjs";
import { runTests } from "./setup/run-tests.mjs";
import { main, setUp, setUpPeers } from "./setup/set-up.mjs";

const packages = readdirSync(`${root}/packages`).map((name) => `packages/${name}`);

const CHECKS = [
  ["types", ["tsc", "-b"]],
  ["types of the tests", ["tsc", "-p", "tsconfig.test.json"]],
  ["lint", ["oxlint", "--type-aware", "--deny-warnings"]],
  ["format", ["oxfmt", "--check", "."]],
  ["unused code", ["knip", "--treat-config-hints-as-errors"]],
  ...packages.flatMap((path) => [
    [`package shape of ${path}`, ["publint", path, "--strict"]],
    [`exported types of ${path}`, ["attw", "--pack", path, "--profile", "esm-only", "--quiet"]],
  ]),
];

await main(async () => {
  await setUp();
  await setUpPeers();
  const failed = CHECKS.filter(([title, command]) => !passes(title, command)).map(([title]) => title);
  if (!process.argv.includes("--no-tests") && runTests() !== 0) failed.push("tests");
  if (failed.length === 0) return 0;
  console.error(`\n✗ failed: ${failed.join(", ")}`);
  return 1;
});

/** Runs one check; its output is shown when it fails. */
function passes(title, [command, ...args]) {
  const begun = Date.now();
  const result = spawnSync(command, args, {
    cwd: root,
    env: workspaceEnvironment(),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const mark = result.status === 0 ? "✓" : "✗";
  console.error(`${mark} ${title} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  if (result.status !== 0) process.stderr.write(`${result.stdout}${result.stderr}`);
  return result.status === 0;
}
