import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isCodedError } from "@notemill/errors";
import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../apps/cli/src/command-line/parse-command-line.ts";
import type { Terminal } from "../../apps/cli/src/command-line/command.ts";
import { COMMANDS } from "../../apps/cli/src/commands.ts";
import { everyReplacement, mutate, type Plain } from "../../packages/nbformat/test/arbitrary-mutation.ts";
import { notemill, withDirectory } from "../support/cli.ts";
import { writtenOutput } from "./written-output.ts";

/** The output notebook of a failed run with one value replaced by one of another type, or taken away. */
const MUTANTS: readonly Plain[] = [...everyReplacement(writtenOutput("failed"))].map((mutation) =>
  mutate(writtenOutput("failed"), mutation),
);

/** Every command gets its share of them; there are hundreds, and most commands read them in the same way. */
const SHARES = 8;

/** Runs a command in this process and gives its exit code, or the code of its error. Anything else is thrown. */
async function outcomeOf(name: string, words: readonly string[]): Promise<string> {
  const command = await COMMANDS[name]?.();
  if (!command) throw new Error(`no command ${name}`);
  const stream = { write: () => true, isTTY: false } as unknown as NodeJS.WriteStream;
  const interrupted = new AbortController().signal;
  const terminal: Terminal = { stdout: stream, stderr: stream, env: process.env, cwd: "/", interrupted };
  try {
    return String(await command.run(parseCommandLine(command, words), terminal));
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
}

describe("an output notebook with a wrong type in any one field", () => {
  it.each<[number, string, (input: string, output: string) => readonly string[]]>([
    [0, "inspect", (input) => [input]],
    [1, "export", (input, output) => [input, `${output}.html`]],
    [2, "run", (input, output) => [input, `${output}.ipynb`, "--prepare-only", "-p", "alpha", "1"]],
    [3, "run", (input) => [input, "--help-notebook"]],
    [4, "run", (input) => ["--resume", input]],
  ])("is taken or refused with a code (%i: %s)", async (share, name, wordsFor) => {
    await withDirectory(async (directory) => {
      const input = join(directory, "in.ipynb");
      const outcomes = new Set<string>();
      for (const mutant of MUTANTS.filter((_mutant, at) => at % SHARES === share)) {
        await writeFile(input, JSON.stringify(mutant));
        try {
          outcomes.add(await outcomeOf(name, wordsFor(input, join(directory, "out"))));
        } catch (error) {
          throw new Error(`with ${JSON.stringify(mutant)}`, { cause: error });
        }
      }
      for (const outcome of outcomes) expect(outcome).toMatch(/^(?:[01]|[A-Z]+(?:_[A-Z]+)+)$/);
      expect(outcomes.size).toBeGreaterThan(1);
    });
  });

  it("is looked at by scraps and doctor, beside all others", async () => {
    await withDirectory(async (directory) => {
      const paths = MUTANTS.map((_mutant, at) => join(directory, `${at}.ipynb`));
      for (const [at, path] of paths.entries()) await writeFile(path, JSON.stringify(MUTANTS[at]));

      const scraps = await notemill(["scraps", directory, "--format", "json"]);
      const rows = JSON.parse(scraps.stdout) as unknown[];
      const refused = scraps.stderr.split("\n").slice(0, -1);
      expect(rows.length + refused.length).toBe(MUTANTS.length);
      for (const line of refused) expect(line).toMatch(/ is left out: .* \(NOTEBOOK_[A-Z_]+\)$/);

      const doctor = await notemill(["doctor", ...paths]);
      expect(doctor.stderr).toBe("");
      const errors = doctor.stdout.split("\n").filter((line) => line.startsWith("✗"));
      expect(errors).toHaveLength(refused.length);
    });
  });
});

it("doctor takes or refuses a lost run with a wrong type in any one field", async () => {
  await withDirectory(async (directory) => {
    const input = join(directory, "in.ipynb");
    const lost = writtenOutput("running");
    const outcomes = new Set<string>();
    for (const mutation of [...everyReplacement(lost)].filter((_mutation, at) => at % SHARES === 0)) {
      await writeFile(input, JSON.stringify(mutate(lost, mutation)));
      outcomes.add(await outcomeOf("doctor", [input]));
      await writeFile(input, JSON.stringify(lost));
    }
    expect([...outcomes].sort()).toEqual(["0", "1"]);
  });
});
