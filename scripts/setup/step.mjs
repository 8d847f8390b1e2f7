import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, stateDirectory, workspaceEnvironment } from "./paths.mjs";

/** A failure that the person at the keyboard can mend; `remedy` says how. */
export class SetupError extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

/**
 * Does `work` unless it was done before with the same `inputs`.
 *
 * What it did is remembered by hash under `.notemill/setup`, so that a second
 * start costs a few file reads.
 */
export async function step(name, { inputs, done = () => true, title }, work) {
  const hash = createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
  const stamp = join(stateDirectory, `${name}.sha256`);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash && done()) return;

  const begun = Date.now();
  console.error(`• ${title} …`);
  await work();
  mkdirSync(stateDirectory, { recursive: true });
  writeFileSync(stamp, hash);
  console.error(`  done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/** Runs a command to its end with its output shown on demand: a failure prints all of it. */
export function run(command, args, { remedy, show = false, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...workspaceEnvironment(), ...env },
    stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (result.status === 0) return result.stdout ?? "";
  if (!show) process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`);
  const why = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
  throw new SetupError(`"${[command, ...args].join(" ")}" failed: ${why}`, remedy);
}

/** Tells whether a command ends with exit code 0. */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: "ignore", env: workspaceEnvironment() }).status === 0;
}

/** The text of a file of the clone, to be part of a step's inputs. */
export function contents(path) {
  return readFileSync(join(root, path), "utf8");
}
