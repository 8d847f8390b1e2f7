import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, stateDirectory, workspaceEnvironment } from "./paths.mjs";

/**
 * Runs every test there is, TypeScript and Python, and prints what was found.
 *
 * What needs a system package that is absent is listed at the end, with the
 * line that installs it; with `CI=true` it counts as a failure.
 *
 * @returns The exit code.
 */
export function runTests(vitestArguments = []) {
  mkdirSync(stateDirectory, { recursive: true });
  const missing = join(stateDirectory, "missing-requirements.txt");
  const report = join(stateDirectory, "vitest.json");
  rmSync(missing, { force: true });
  rmSync(report, { force: true });

  const env = { ...workspaceEnvironment(), NOTEMILL_MISSING_REQUIREMENTS: missing };
  const show = { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] };
  const vitest = spawnSync(
    "vitest",
    [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--reporter=${join(root, "scripts/setup/report-second-tries.mjs")}`,
      `--outputFile.json=${report}`,
      ...vitestArguments,
    ],
    show,
  );
  const python = join(root, ".venv-peers", "bin", "python");
  const hasPythonTests = existsSync(join(root, "python", "tests"));
  const pytest = hasPythonTests
    ? spawnSync(python, ["-m", "pytest", "-q", "python/tests"], show)
    : { status: 0 };

  if (existsSync(missing)) {
    const lines = [...new Set(readFileSync(missing, "utf8").trim().split("\n"))];
    console.error(
      `\nNot run, because this machine lacks something:\n${lines.map((it) => `  ${it}`).join("\n")}`,
    );
  }
  const { numPassedTests = 0, numFailedTests = 1 } = existsSync(report)
    ? JSON.parse(readFileSync(report, "utf8"))
    : {};
  console.log(`\n${numPassedTests} passed, ${numFailedTests} failed`);
  return vitest.status === 0 && pytest.status === 0 ? 0 : 1;
}
