import { readFile } from "node:fs/promises";
import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { explainedCodes, explanationOf, suggestion } from "@notemill/errors";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";

/** `notemill explain`: what a code of an error means. */
export const explainCommand: Command = {
  name: "explain",
  summary: "Say what the code of an error means, and what to do",
  description: "It needs no network. Without a code it lists them all.",
  arguments: [{ name: "CODE", optional: true, help: "As it stands in brackets behind a message." }],
  options: [],
  examples: [["notemill explain KERNEL_DIED", "what it means when a kernel has died"]],
  run: explain,
};

async function explain({ arguments: [given] }: ParsedCommandLine, { stdout }: Terminal): Promise<number> {
  // Beside the bundle that this is a part of.
  const bundle = dirname(realpathSync(process.argv[1] ?? ""));
  const reference = await readFile(join(bundle, "errors.md"), "utf8");
  const codes = explainedCodes(reference);
  if (given === undefined) {
    stdout.write(codes.map((it) => `${it}\n`).join(""));
    return 0;
  }
  const code = given.toUpperCase();
  const text = explanationOf(reference, code);
  if (text === "") {
    throw new UsageError(
      `no error has the code "${given}"${suggestion(code, codes) || "; notemill explain lists them"}`,
    );
  }
  stdout.write(`${code}\n\n${text}\n`);
  return 0;
}
