import { spawn } from "node:child_process";
import { once } from "node:events";
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
export async function runTests(vitestArguments = [], pytestArguments = []) {
  mkdirSync(stateDirectory, { recursive: true });
  const missing = join(stateDirectory, "missing-requirements.txt");
  const report = join(stateDirectory, "vitest.json");
  rmSync(missing, { force: true });
  rmSync(report, { force: true });

  const env = { ...workspaceEnvironment(), NOTEMILL_MISSING_REQUIREMENTS: missing };
  const inherit = ["ignore", "inherit", "inherit"];
  const python = startPythonTests(env, pytestArguments);
  const vitest = spawn(
    "vitest",
    [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--reporter=${join(root, "scripts/setup/report-second-tries.mjs")}`,
      `--outputFile.json=${report}`,
      ...vitestArguments,
    ],
    { cwd: root, env, stdio: inherit },
  );
  const [status] = await once(vitest, "close");
  const pythonStatus = await python;

  if (existsSync(missing)) {
    const lines = [...new Set(readFileSync(missing, "utf8").trim().split("\n"))];
    console.error(
      `\nNot run, because this machine lacks something:\n${lines.map((it) => `  ${it}`).join("\n")}`,
    );
  }
  const { numPassedTests = 0, numFailedTests = 1 } = existsSync(report)
    ? JSON.parse(readFileSync(report, "utf8"))
    : {};
  const inPython = pythonStatus === 0 ? "those in Python too" : "and some in Python have failed, see above";
  console.log(`\n${numPassedTests} passed, ${numFailedTests} failed; ${inPython}`);
  return status === 0 && pythonStatus === 0 ? 0 : 1;
}

/** Runs the tests in Python beside the others, prints what they printed when they are over, and gives their exit code. */
async function startPythonTests(env, pytestArguments) {
  const python = join(root, ".venv-peers", "bin", "python");
  const pytest = spawn(python, ["-m", "pytest", "-q", "python/tests", ...pytestArguments], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  for (const stream of [pytest.stdout, pytest.stderr]) stream.on("data", (bytes) => output.push(bytes));
  const [status] = await once(pytest, "close");
  process.stdout.write(Buffer.concat(output));
  return status;
}
