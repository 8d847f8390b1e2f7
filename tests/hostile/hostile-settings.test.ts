import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { notemill, withDirectory } from "../support/cli.ts";
import { measured } from "../support/measure.ts";
import { writeNotebook } from "../support/notebooks.ts";

/** Text that names ten times as much on each line. */
const BOMB = Array.from({ length: 12 }, (_none, at) =>
  at === 0
    ? "l0: &l0 [x, x]"
    : `l${at}: &l${at} [${Array(10)
        .fill(`*l${at - 1}`)
        .join(", ")}]`,
).join("\n");

const LINE = `value: ${"x".repeat(91)}\n`;

/** Parameter files and the code that each is refused with. */
const PARAMETER_FILES: readonly (readonly [name: string, content: string | Uint8Array, code: string])[] = [
  ["a YAML bomb", BOMB, "PARAMETERS_INVALID"],
  ["YAML that refers to itself", "a: &a [*a]", "PARAMETERS_INVALID"],
  ["a PNG image", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "PARAMETERS_INVALID"],
  ["bytes that are no UTF-8", Buffer.from("a: \xff\xfe", "latin1"), "PARAMETERS_INVALID"],
  ["UTF-16", Buffer.from("\ufeffa: 1\n", "utf16le"), "PARAMETERS_INVALID"],
  ["lists 10,000 deep", `a: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, "PARAMETERS_INVALID"],
  [
    "blocks 3,000 deep",
    Array.from({ length: 3000 }, (_none, at) => `${" ".repeat(at)}a:`).join("\n"),
    "PARAMETERS_INVALID",
  ],
  ["100 MB of lines", LINE.repeat(1_050_000), "PARAMETERS_INVALID"],
  ["a list", "- 1\n- 2\n", "PARAMETERS_INVALID"],
  ["a scalar", "5", "PARAMETERS_INVALID"],
  ["a tag that makes an object", "a: !!python/object:os.system {}", "PARAMETERS_INVALID"],
  ["a name that is code", '"import os": 1', "PARAMETER_NAME_INVALID"],
];

/** Texts of `kernel.json` that are of no use. */
const KERNELSPECS: readonly (readonly [name: string, text: string])[] = [
  ["an empty file", ""],
  ["no JSON", "{argv: [python]}"],
  ["a list", "[]"],
  ["no argv", '{"display_name":"K","language":"python"}'],
  ["an empty argv", '{"argv":[],"display_name":"K","language":"python"}'],
  ["argv of a wrong type", '{"argv":"python","display_name":"K","language":"python"}'],
  ["argv of numbers", '{"argv":[1],"display_name":"K","language":"python"}'],
  ["nesting 10,000 deep", "[".repeat(10_000)],
  ["a NUL in its command", '{"argv":["/bin/sh\\u0000","{connection_file}"]}'],
  ["a binary file", "\x89PNG\r\n\x1a\n\0\0"],
];

function expectOneError(stderr: string, code: string): void {
  const lines = stderr.split("\n").filter((line) => line.startsWith("notemill: "));
  expect(lines.map((line) => /\(([A-Z_]+)\)$/.exec(line)?.[1])).toEqual([code]);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.length).toBeLessThan(2500);
}

describe("a hostile file of parameters", () => {
  it.each(PARAMETER_FILES)("of %s is refused", async (_name, content, code) => {
    await withDirectory(async (directory) => {
      await writeNotebook(join(directory, "in.ipynb"), ["a = 1"]);
      await writeFile(join(directory, "p.yaml"), content);
      const args = ["run", "in.ipynb", "out.ipynb", "-f", "p.yaml", "--prepare-only"];
      const result = await measured(args, { cwd: directory });
      expect(result).toMatchObject({ exitCode: 1, stdout: "" });
      expectOneError(result.stderr, code);
      expect(result.peakMb).toBeLessThan(600);
      expect((await readdir(directory)).sort()).toEqual(["in.ipynb", "p.yaml"]);
    });
  });

  it("is refused as a grid, too", async () => {
    await withDirectory(async (directory) => {
      await writeNotebook(join(directory, "in.ipynb"), ["a = 1"]);
      for (const [name, content] of PARAMETER_FILES.slice(0, 4)) {
        await writeFile(join(directory, "g.yaml"), content);
        const result = await notemill(["sweep", "in.ipynb", "--grid-file", "g.yaml"], { cwd: directory });
        expect(result, name).toMatchObject({ exitCode: 1, stdout: "" });
        expectOneError(
          result.stderr,
          /SWEEP_INVALID/.test(result.stderr) ? "SWEEP_INVALID" : "PARAMETERS_INVALID",
        );
        expect((await readdir(directory)).sort()).toEqual(["g.yaml", "in.ipynb"]);
      }
    });
  });
});

describe("a hostile kernelspec", () => {
  it.each(KERNELSPECS)("of %s is not taken", async (_name, text) => {
    await withDirectory(async (directory) => {
      const resources = join(directory, "jupyter", "kernels", "hostile");
      await mkdir(resources, { recursive: true });
      await writeFile(join(resources, "kernel.json"), text);
      await writeNotebook(join(directory, "in.ipynb"), ["a = 1"], "hostile");
      const options = { cwd: directory, env: { JUPYTER_PATH: join(directory, "jupyter") } };

      const run = await notemill(["run", "in.ipynb", "out.ipynb"], options);
      expect(run).toMatchObject({ exitCode: 1, stdout: "" });
      expectOneError(run.stderr, "KERNELSPEC_NOT_FOUND");
      expect((await readdir(directory)).sort()).toEqual(["in.ipynb", "jupyter"]);
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ["a command that is not there", { argv: ["/no/such/command"] }],
    ["a command that ends at once", { argv: ["/bin/false"] }],
    [
      "wrong types beside argv",
      { argv: ["/bin/false"], env: [1], metadata: 5, display_name: {}, language: 7, interrupt_mode: [] },
    ],
  ])("of %s ends with a code", async (_name, kernelspec) => {
    await withDirectory(async (directory) => {
      const resources = join(directory, "jupyter", "kernels", "hostile");
      await mkdir(resources, { recursive: true });
      await writeFile(
        join(resources, "kernel.json"),
        JSON.stringify({ display_name: "K", language: "python", ...kernelspec }),
      );
      await writeNotebook(join(directory, "in.ipynb"), ["a = 1"], "hostile");
      const options = { cwd: directory, env: { JUPYTER_PATH: join(directory, "jupyter") } };
      const { exitCode, stderr } = await notemill(["run", "in.ipynb", "out.ipynb"], options);
      expect(exitCode).not.toBe(0);
      const lines = stderr.split("\n").filter((line) => line.startsWith("notemill: "));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/\(KERNEL[A-Z_]+\)$/);
      expect(stderr).not.toMatch(/^\s+at /m);
    });
  });
});
