import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { contents, run, SetupError, step, succeeds } from "./step.mjs";

const project = "packages/parameters/test/scala-compilers.xml";
const jars = join(root, ".notemill", "scala");

/**
 * Fetches the Scala compilers that tests need from Maven Central, where Maven is installed.
 *
 * Without Maven, or where it reaches no repository, the tests that need them say so.
 */
export async function fetchScalaCompilers() {
  if (!existsSync(jars) && !succeeds("mvn", ["--version"])) return;
  const options = {
    title: "Fetching the Scala compilers",
    inputs: [contents(project)],
    done: () => existsSync(jars),
  };
  try {
    await step("scala", options, () => {
      rmSync(jars, { recursive: true, force: true });
      run("mvn", ["-q", "-B", "-f", project, "dependency:copy-dependencies", `-DoutputDirectory=${jars}`]);
    });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    rmSync(jars, { recursive: true, force: true });
    console.error("  the Scala compilers could not be fetched");
  }
}
