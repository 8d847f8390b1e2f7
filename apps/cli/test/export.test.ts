import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Terminal } from "../src/command-line/command.ts";
import { parseCommandLine } from "../src/command-line/parse-command-line.ts";
import { exportCommand } from "../src/commands/export.ts";

const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# Sales\n", "\n", "Text."] },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      source: "print(1)",
      execution_count: 1,
      outputs: [{ output_type: "stream", name: "stdout", text: "1\n" }],
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

let cwd = "";

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "notemill-export-"));
  await writeFile(join(cwd, "sales report.ipynb"), NOTEBOOK);
});

afterEach(() => rm(cwd, { recursive: true }));

/** Runs the command in a directory of its own. */
async function run(...words: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const printed = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        printed[name] += chunk.toString();
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const terminal: Terminal = {
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    env: {},
    cwd,
    interrupted: new AbortController().signal,
  };
  const code = await exportCommand.run(parseCommandLine(exportCommand, words), terminal);
  return { code, ...printed };
}

const page = (name: string) => readFile(join(cwd, name), "utf8");

describe("notemill export", () => {
  it("writes the page beside the notebook, and replaces what was there", async () => {
    await writeFile(join(cwd, "sales report.html"), "old");
    const { code, stdout, stderr } = await run("sales report.ipynb");
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "wrote sales report.html\n" });
    const html = await page("sales report.html");
    expect(html).toContain("<title>Sales</title>");
    expect(html).toContain("A static copy of sales report.ipynb.");
    expect(html).toContain("print");
  });

  it("writes where it is told, with the options", async () => {
    await run(
      "sales report.ipynb",
      "page.html",
      "--no-input",
      "--title",
      "<Q3>",
      "--theme",
      "dark",
      "--toc",
      "--lang",
      "de",
    );
    const html = await page("page.html");
    expect(html).toContain('<html lang="de" dir="ltr" class="dark">');
    expect(html).toContain("<title>&lt;Q3&gt;</title>");
    expect(html).toContain("<nav");
    expect(html).not.toContain("print<");
  });

  it("writes to standard output", async () => {
    const { stdout, stderr } = await run("sales report.ipynb", "-");
    expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(stderr).toBe("");
  });

  it("writes a page of each of many notebooks, and goes on behind one that is none", async () => {
    await writeFile(join(cwd, "broken.ipynb"), "<html>");
    await mkdir(join(cwd, "pages"));
    const { code, stderr } = await run("broken.ipynb", "sales report.ipynb", "pages/");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^notemill: broken\.ipynb is left out: .* \(NOTEBOOK_NOT_JSON\)\nwrote pages\/sales report\.html\n$/,
    );
    expect(await page("pages/sales report.html")).toContain("<title>Sales</title>");
  });

  it("never writes over a notebook", async () => {
    await writeFile(join(cwd, "other.ipynb"), NOTEBOOK);
    const { code } = await run("sales report.ipynb", "other.ipynb");
    expect({ code, other: await page("other.ipynb") }).toEqual({ code: 0, other: NOTEBOOK });
    expect(await page("other.html")).toContain("<title>Sales</title>");
  });

  it.each([
    ["a notebook that is not there", ["gone.ipynb"], "STORAGE_NOT_FOUND"],
    ["a directory that is not there", ["sales report.ipynb", "no/page.html"], "STORAGE_NO_DIRECTORY"],
    ["the notebook as its own page", ["sales report.ipynb", "sales report.ipynb"], "USAGE_INVALID"],
    ["a theme that is none", ["sales report.ipynb", "--theme", "pink"], "USAGE_INVALID"],
    ["a language that is none", ["sales report.ipynb", "--lang", '"><b>'], "EXPORT_OPTION_INVALID"],
    [
      "a limit that is none for all",
      ["sales report.ipynb", "x.ipynb", "--max-output", "0"],
      "EXPORT_OPTION_INVALID",
    ],
    ["no notebook", [], "USAGE_INVALID"],
  ])("refuses %s and writes nothing", async (_what, words, code) => {
    await expect(run(...words)).rejects.toMatchObject({ code });
    await expect(page("sales report.html")).rejects.toMatchObject({ code: "ENOENT" });
    expect(await page("sales report.ipynb")).toBe(NOTEBOOK);
  });

  it("refuses what is no notebook", async () => {
    await writeFile(join(cwd, "x.ipynb"), "<html>");
    await expect(run("x.ipynb")).rejects.toMatchObject({ code: "NOTEBOOK_NOT_JSON" });
  });
});
