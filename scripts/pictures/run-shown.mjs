import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";
import { SetupError } from "../setup/step.mjs";

/** Runs `./notemill` as a person would, and gives all that it printed, in the order in which it came. */
export async function runShown(words, { cwd, exitCode }) {
  console.log(`$ ./notemill ${words}`);
  const child = spawn(join(root, "notemill"), words.split(" "), {
    cwd,
    env: { ...process.env, FORCE_COLOR: "1", COLUMNS: "100" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== exitCode) throw new SetupError(`./notemill ${words}: exit code ${code}\n${printed}`);
  return printed;
}
