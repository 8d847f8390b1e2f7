import { describe, expect, it } from "vitest";
import { exportPaths } from "./export-paths.ts";

const shown = (...paths: readonly string[]) =>
  exportPaths(paths)
    .map(({ input, output }) => `${input} → ${output}`)
    .join(", ");

describe("exportPaths", () => {
  it.each([
    [["a.ipynb"], "a.ipynb → a.html"],
    [["out/a.b.ipynb"], "out/a.b.ipynb → out/a.b.html"],
    [["notebook"], "notebook → notebook.html"],
    [["a.html"], "a.html → a.html.html"],
    [["a.ipynb", "page.html"], "a.ipynb → page.html"],
    [["a.ipynb", "-"], "a.ipynb → -"],
    [["-"], "- → -"],
    [["-", "page.HTM"], "- → page.HTM"],
    [["-", "pages/"], "- → pages/notebook.html"],
    [["a.ipynb", "b.ipynb"], "a.ipynb → a.html, b.ipynb → b.html"],
    [["x/a.ipynb", "b.json", "pages/"], "x/a.ipynb → pages/a.html, b.json → pages/b.html"],
    [["s3://runs/a.ipynb"], "s3://runs/a.ipynb → a.html"],
    [
      ["https://x.example/a%20b.ipynb?v=1", "s3://pages/"],
      "https://x.example/a%20b.ipynb?v=1 → s3://pages/a b.html",
    ],
  ])("%j", (paths, expected) => {
    expect(shown(...paths)).toBe(expected);
  });

  it.each([
    [[], "missing argument NOTEBOOK"],
    [["a.ipynb", "b.ipynb", "page.html"], '"page.html" can be one page, not 2; name a directory: pages/'],
    [["a.ipynb", "b.ipynb", "-"], '"-" can be one page, not 2; name a directory: pages/'],
    [
      ["a.ipynb", "page.txt"],
      '"page.txt" looks neither like a notebook (.ipynb) nor like a page (.html, or pages/)',
    ],
    [["a.ipynb", "a.ipynb"], 'two notebooks would become "a.html"'],
    [["x/a.ipynb", "y/a.ipynb", "pages/"], 'two notebooks would become "pages/a.html"'],
  ])("%j is refused", (paths, message) => {
    expect(() => exportPaths(paths)).toThrow(expect.objectContaining({ code: "USAGE_INVALID", message }));
  });
});
