import { build } from "./build.mjs";
import { installTypeScriptKernelspec } from "./kernelspecs.mjs";
import { installNpmPackages } from "./npm-packages.mjs";
import { root } from "./paths.mjs";
import { makePythonEnvironment } from "./python-environment.mjs";
import { fetchScalaCompilers } from "./scala-compilers.mjs";
import { run, SetupError } from "./step.mjs";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Brings a fresh clone to where `./notemill` works. Does only what is missing. */
export async function setUp() {
  await installNpmPackages();
  await makePythonEnvironment(".venv", "python/environments/default.txt", "Making the Python environment");
  installTypeScriptKernelspec();
  await build();
}

/** Adds the peers that tests and benchmarks compare with, and the tools that tests need. */
export async function setUpPeers() {
  await makePythonEnvironment(
    ".venv-peers",
    "python/environments/peers.txt",
    "Making the environment of the peers",
  );
  const bash = join(root, ".venv-peers", "share", "jupyter", "kernels", "bash", "kernel.json");
  if (!existsSync(bash)) {
    run(join(root, ".venv-peers", "bin", "python"), ["-m", "bash_kernel.install", "--sys-prefix"]);
  }
  await fetchScalaCompilers();
}

/** Runs a script's main function and turns its failure into one line and an exit code. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`✗ ${error.message}`);
    if (error.remedy) console.error(`  ${error.remedy}`);
    process.exitCode = 1;
  }
}
