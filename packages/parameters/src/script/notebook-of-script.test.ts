import { describe, expect, it } from "vitest";
import { notebookOfScript } from "./notebook-of-script.ts";
import { type ScriptLanguage, scriptLanguageOf } from "./script-language.ts";

/** Each cell as its kind, tags and source. */
function cellsOf(language: ScriptLanguage, source: string): readonly string[] {
  return notebookOfScript({ language, source }).cells.map(
    ({ cell_type: kind, metadata: { tags }, source: text }) =>
      `${kind}${Array.isArray(tags) ? `[${tags.join()}]` : ""}: ${text}`,
  );
}

describe("notebookOfScript", () => {
  it.each<[ScriptLanguage, string, readonly string[]]>([
    ["python", "print(1)\n\nprint(2)\n", ["code: print(1)\n\nprint(2)"]],
    [
      "python",
      "#!/usr/bin/env python\n# What it is.\nalpha = 0.5  # rate\nname = 'a'\n\nimport os\n\nx = 1\n",
      [
        "code[parameters]: #!/usr/bin/env python\n# What it is.\nalpha = 0.5  # rate\nname = 'a'",
        "code: import os\n\nx = 1",
      ],
    ],
    ["python", "import os\nalpha = 1\n\nprint(alpha)", ["code: import os\nalpha = 1\n\nprint(alpha)"]],
    ["python", "alpha = 1\r\n\r\nprint(alpha)\r\n", ["code[parameters]: alpha = 1", "code: print(alpha)"]],
    ["python", "alpha = 1", ["code[parameters]: alpha = 1"]],
    [
      "python",
      '# %% Load\nimport os\n# %% tags=["parameters", "x"]\na = 1\n\nb = 2\n#%% [markdown]\n# # Title\n#\n# text\n# %%\n',
      ["code: import os", "code[parameters,x]: a = 1\n\nb = 2", "markdown: # Title\n\ntext"],
    ],
    ["python", "# %%\na = 1\n# %%\nprint(a)", ["code[parameters]: a = 1", "code: print(a)"]],
    [
      "sql",
      "SET VARIABLE n = 3;\n\nSELECT 1;\n-- %% rest\nSELECT 2",
      ["code: SET VARIABLE n = 3;\n\nSELECT 1;", "code: SELECT 2"],
    ],
    ["sql", "SET VARIABLE n = 3;\n\nSELECT 1", ["code[parameters]: SET VARIABLE n = 3;", "code: SELECT 1"]],
    ["r", "n <- 3\n\nprint(n)", ["code[parameters]: n <- 3", "code: print(n)"]],
    ["scala", "val n = 3\n\n// %% a\nprintln(n)", ["code[parameters]: val n = 3", "code: println(n)"]],
    [
      "typescript",
      "const n = 3;\n\nconsole.log(n)",
      ["code[parameters]: const n = 3;", "code: console.log(n)"],
    ],
    ["bash", "n=3\n\necho $n", ["code[parameters]: n=3", "code: echo $n"]],
    ["bash", "", []],
    ["bash", "# only a comment", ["code: # only a comment"]],
  ])("makes cells of %s: %j", (language, source, expected) => {
    expect(cellsOf(language, source)).toEqual(expected);
  });

  it("names the kernel of the language, or another one", () => {
    const { metadata, cells } = notebookOfScript({ language: "r", source: "1" });
    expect(metadata).toMatchObject({
      kernelspec: { name: "ir", language: "R" },
      notemill: { script: { language: "r" } },
    });
    expect(cells[0]?.id).toBe("script-1");
    const other = notebookOfScript({ language: "python", source: "1", kernelName: "mine" });
    expect(other.metadata["kernelspec"]).toMatchObject({ name: "mine", language: "python" });
  });

  it.each([
    ["a/b.SQL", "sql"],
    ["x.R", "r"],
    ["x.py", "python"],
    ["x.ipynb", undefined],
    ["py", undefined],
    ["x.constructor", undefined],
  ])("reads the language off the name %s", (name, language) => {
    expect(scriptLanguageOf(name)).toBe(language);
  });
});
