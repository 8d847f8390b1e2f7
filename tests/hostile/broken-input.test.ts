import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { notemill, withDirectory } from "../support/cli.ts";
import { measured } from "../support/measure.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { ODD, REFUSED } from "./broken-notebooks.ts";

/** The commands that read one notebook, with what they are given beside it. */
const COMMANDS: Readonly<Record<string, (input: string, output: string) => readonly string[]>> = {
  run: (input, output) => ["run", input, `${output}.ipynb`],
  sweep: (input, output) => ["sweep", input, "--grid", "a=1,2", "--output-path", `${output}-{index}.ipynb`],
  inspect: (input) => ["inspect", input],
  "inspect --json": (input) => ["inspect", input, "--json"],
  export: (input, output) => ["export", input, `${output}.html`],
  "run --resume": (input) => ["run", "--resume", input],
  "run --help-notebook": (input) => ["run", input, "--help-notebook"],
  "run --prepare-only": (input, output) => ["run", input, `${output}.ipynb`, "--prepare-only"],
};

/** A file each: every command gets its share of the files. */
const PAIRS = REFUSED.map(([name, broken], index) => {
  const commands = Object.keys(COMMANDS);
  return [commands[index % commands.length] ?? "run", name, broken] as const;
});

/** One line, with a code and without a stack. */
function expectOneError(stderr: string, code: string): void {
  const lines = stderr.split("\n").filter((line) => line.startsWith("notemill: "));
  expect(lines.map((line) => /\(([A-Z_]+)\)$/.exec(line)?.[1])).toEqual([code]);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.length).toBeLessThan(1500);
}

/** A directory where python3 is a trap: whoever starts it leaves the file `sprung`. */
async function withTrap(body: TrapBody): Promise<void> {
  await withDirectory(async (directory) => {
    const kernel = join(directory, "jupyter", "kernels", "python3");
    await mkdir(kernel, { recursive: true });
    const argv = ["/bin/sh", "-c", `touch ${join(directory, "sprung")}`];
    await writeFile(
      join(kernel, "kernel.json"),
      JSON.stringify({ argv, display_name: "Trap", language: "python" }),
    );
    await body(directory, { JUPYTER_PATH: join(directory, "jupyter") });
  });
}

type TrapBody = (directory: string, env: Record<string, string>) => Promise<void>;

describe("a broken notebook", () => {
  it.each(PAIRS)("%s refuses %s", async (command, _name, { content, code = "" }) => {
    await withTrap(async (directory, env) => {
      const input = join(directory, "in.ipynb");
      await writeFile(input, content);
      const args = COMMANDS[command]?.(input, join(directory, "out")) ?? [];
      const { exitCode, stdout, stderr, peakMb } = await measured(args, { cwd: directory, env });
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expectOneError(stderr, code);
      expect(peakMb).toBeLessThan(300);
      expect((await readdir(directory)).sort()).toEqual(["in.ipynb", "jupyter"]);
      expect((await readFile(input)).equals(Buffer.from(content))).toBe(true);
    });
  });

  it.each(Object.keys(COMMANDS))("%s refuses a directory, and a file that is not there", async (command) => {
    await withTrap(async (directory, env) => {
      await mkdir(join(directory, "in.ipynb"));
      for (const [name, code] of [
        ["in.ipynb", "STORAGE_IS_DIRECTORY"],
        ["none.ipynb", "STORAGE_NOT_FOUND"],
      ] as const) {
        const args = COMMANDS[command]?.(name, "out") ?? [];
        const { exitCode, stdout, stderr } = await notemill(args, { cwd: directory, env });
        expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 1, stdout: "" });
        expectOneError(stderr, code);
        expect((await readdir(directory)).sort()).toEqual(["in.ipynb", "jupyter"]);
      }
    });
  });

  it("is told from a sound one, which springs the trap", async () => {
    await withTrap(async (directory, env) => {
      await writeNotebook(join(directory, "in.ipynb"), ["1"]);
      const { exitCode } = await notemill(["run", "in.ipynb", "out.ipynb"], { cwd: directory, env });
      expect(exitCode).not.toBe(0);
      expect(await readdir(directory)).toContain("sprung");
    });
  });

  it("does not keep scraps and doctor from the others", async () => {
    await withDirectory(async (directory) => {
      const all = [...REFUSED, ...ODD];
      for (const [name, { content }] of all) await writeFile(join(directory, `${name}.ipynb`), content);
      const codes = all.map(([, { code = "read" }]) => code).sort();

      const scraps = await measured(["scraps", ".", "--format", "json"], { cwd: directory });
      const rows = (JSON.parse(scraps.stdout) as unknown[]).map(() => "read");
      expect([...codesIn(scraps.stderr), ...rows].sort()).toEqual(codes);
      expect(scraps).toMatchObject({ exitCode: 1 });
      expect(scraps.peakMb).toBeLessThan(500);

      const doctor = await measured(["doctor", ...all.map(([name]) => `${name}.ipynb`)], { cwd: directory });
      const sound = doctor.stdout.split("\n").flatMap((line) => (line.startsWith("✓") ? ["read"] : []));
      expect([...codesIn(doctor.stdout), ...sound].sort()).toEqual(codes);
      expect(doctor).toMatchObject({ exitCode: 1, stderr: "" });
      expect(doctor.peakMb).toBeLessThan(500);
    });
  });
});

function codesIn(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => /\(([A-Z_]+)\)$/.exec(line)?.[1] ?? []);
}
