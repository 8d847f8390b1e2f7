// What a change must pass before it is pushed, in ten minutes: types, lint, format, unused code, package shape,
// and the tests but for the long ones, which are for `npm test`; with --all-tests those too, with --no-tests none.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { root, workspaceEnvironment } from "./setup/paths.mjs";
import { runTests } from "./setup/run-tests.mjs";
import { main, setUp, setUpPeers } from "./setup/set-up.mjs";

const CHECKS = [
  // The tests are compared with the declarations that the first makes, and the sources are read once.
  ["types", ["sh", "-c", "tsc -b && tsc -p tsconfig.test.json"]],
  ["lint", ["oxlint", "--type-aware", "--deny-warnings"]],
  ["format", ["oxfmt", "--check", "."]],
  ["unused code", ["knip", "--treat-config-hints-as-errors"]],
  ["packages", ["node", "scripts/check-packages.mjs"]],
  ["size of the web app", ["node", "scripts/web-size.mjs"]],
];

/**
 * Tests that take long for what a change may break: comparisons with papermill, hostile values and inputs, the pages'
 * examples, and, by the end of their names, what repeats a test of the others with one more kernel, server, page or moment.
 */
const LONG_TESTS = [
  "**/*.long.test.ts",
  "tests/differential/**",
  "tests/docs/**",
  "tests/hostile/**",
  "packages/parameters/test/**",
];

/** Those in Python, likewise: comparisons with papermill and scrapbook, and the pages' examples. */
const LONG_PYTHON_TESTS = ["*_peer.py", "*test_guides.py"];

await main(async () => {
  await setUp();
  await setUpPeers();
  const isWithTests = !process.argv.includes("--no-tests");
  const isWithAll = process.argv.includes("--all-tests");
  const testing = isWithTests
    ? runTests(
        isWithAll ? [] : LONG_TESTS.map((it) => `--exclude=${it}`),
        isWithAll ? [] : LONG_PYTHON_TESTS.map((it) => `--ignore-glob=${it}`),
      )
    : 0;
  const failed = await failures(isWithTests ? 1 : 2);
  if ((await testing) !== 0) failed.push("tests");
  if (failed.length === 0) return 0;
  console.error(`\n✗ failed: ${failed.join(", ")}`);
  return 1;
});

/** Runs the checks, so many at a time, and gives the titles of those that fail. */
async function failures(atOnce) {
  const waiting = CHECKS.values();
  const failed = [];
  const work = async () => {
    for (const [title, command] of waiting) if (!(await passes(title, command))) failed.push(title);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

/** Runs one check; its output is shown when it fails. */
async function passes(title, [command, ...args]) {
  const begun = Date.now();
  const child = spawn(command, args, {
    cwd: root,
    env: workspaceEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => output.push(bytes));
  const [status] = await once(child, "close");
  const mark = status === 0 ? "✓" : "✗";
  console.error(`${mark} ${title} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  if (status !== 0) process.stderr.write(Buffer.concat(output));
  return status === 0;
}
