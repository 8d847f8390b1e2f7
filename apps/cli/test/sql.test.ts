import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { NOTEMILL, startCommand, withDirectory } from "../../../tests/support/cli.ts";

const example = resolve("examples/sql-summary.ipynb");

/** Runs the command and expects it to succeed. */
async function notemill(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await startCommand(NOTEMILL, args).result;
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

describe("a SQL notebook", () => {
  it("runs with parameters, and its scraps and checks count", async () => {
    await withDirectory(async (directory) => {
      const output = join(directory, "out.ipynb");
      await notemill("run", example, output, "--cwd", "examples", "-p", "year", "2013");
      const text = await readFile(output, "utf8");
      expect(text).toContain("SET VARIABLE year = 2013;");
      const [row] = JSON.parse(await notemill("scraps", output, "--format", "json")) as [unknown];
      expect(JSON.stringify(row)).toContain('"days":365');
    });
  });

  it("fails where its check does not hold, and says what went wrong in a cell", async () => {
    await withDirectory(async (directory) => {
      const run = (year: string) =>
        startCommand(NOTEMILL, [
          "run",
          example,
          join(directory, "out.ipynb"),
          "--cwd",
          "examples",
          "-p",
          "year",
          year,
        ]);
      const { exitCode, stderr } = await run("1999").result;
      expect({ exitCode, saysCheck: stderr.includes("has a whole year") }).toEqual({
        exitCode: 1,
        saysCheck: true,
      });
    });
  });

  it("is compared over many runs", async () => {
    await withDirectory(async (directory) => {
      const out = join(directory, "{year}.ipynb");
      const options = ["--output-path", out, "--cwd", "examples", "--grid", "year=2012,2013"];
      const table = await notemill("sweep", example, ...options);
      expect(table).toMatch(/2012\s.*366/);
      expect(table).toMatch(/2013\s.*365/);
    });
  });
});

describe("the SQL kernel", () => {
  it("is among the kernels, and can be installed for other clients", async () => {
    expect((await notemill("kernels", "--names")).split("\n")).toContain("sql");
    await withDirectory(async (prefix) => {
      await notemill("kernels", "install", "sql", "--prefix", prefix);
      const file = join(prefix, "share/jupyter/kernels/sql/kernel.json");
      const { argv, interrupt_mode } = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
      expect(argv).toEqual([
        expect.stringContaining("node"),
        expect.stringContaining("notemill.js"),
        "kernel-sql",
        "-f",
        "{connection_file}",
      ]);
      expect(interrupt_mode).toBe("message");
    });
  });

  it.each([
    [["kernels", "remove"], 2],
    [["kernels", "install", "python3"], 2],
    [["kernels", "install", "sql", "--user", "--prefix", "x"], 2],
    [["kernel-sql"], 2],
    [["kernel-sql", "-f", "/nowhere.json"], 2],
  ])("refuses %j", async (args, code) => {
    const { exitCode, stderr } = await startCommand(NOTEMILL, args).result;
    expect({ exitCode, lines: stderr.trim().split("\n").length < 3 }).toEqual({
      exitCode: code,
      lines: true,
    });
  });
});
