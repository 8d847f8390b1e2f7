/**
 * A process that builds an environment, to be killed by a test.
 *
 * Run as: node builder.ts DIRECTORY LOCK. It prints the interpreter when it has it.
 */
import { readFileSync } from "node:fs";
import { openEnvironments, readLock } from "../../src/environments/index.ts";

const [directory = "", lock = ""] = process.argv.slice(2);
const built = await openEnvironments(directory, process.env).build(readLock(readFileSync(lock, "utf8")));
console.log(built.python);
