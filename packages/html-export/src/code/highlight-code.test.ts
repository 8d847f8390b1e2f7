import { describe, expect, it } from "vitest";
import type { Cell } from "@notemill/nbformat";
import { unescapeText } from "../escape-html.ts";
import { cellLanguage, notebookLanguage } from "./cell-language.ts";
import { highlightCode } from "./highlight-code.ts";
import { LANGUAGE_ALIASES, LANGUAGES } from "./languages.ts";

const text = (html: string) => unescapeText(html.replaceAll(/<[^>]*>/g, "").replaceAll("&#x27;", "'"));

describe("highlightCode", () => {
  it.each([
    ["python", "def f(): return 1", "h-keyword"],
    ["R", 'x <- "a"', "h-string"],
    ["scala", "val x = 1", "h-keyword"],
    ["typescript", "const x: number = 1", "h-keyword"],
    ["ipython3", "import os", "h-keyword"],
    ["c++17", "int main() {}", "h-type"],
    ["sql", "select 1", "h-keyword"],
    ["julia", "function f(x) end", "h-keyword"],
    ["bash", "for i in a; do echo $i; done", "h-keyword"],
    ["javascript", "const x = 1", "h-keyword"],
  ])("colours %s", (language, code, expected) => {
    expect(highlightCode(code, language)).toContain(expected);
  });

  it.each([undefined, "", "klingon", "__proto__", "constructor", '"><script>'])(
    "leaves code in %s plain",
    (language) => {
      expect(highlightCode("<b> & 1\n", language)).toBe("&lt;b&gt; &amp; 1");
    },
  );

  it("leaves very long code, and very long lines, plain", () => {
    expect(highlightCode(`x = 1\n`.repeat(20_000), "python")).not.toContain("<");
    expect(highlightCode("a".repeat(40_000), "java")).not.toContain("<");
  });

  it("shows what would turn the reading order", () => {
    expect(highlightCode("a\u202eb\u2066c", undefined)).toBe(
      'a<span class="hidden-character">U+202E</span>b<span class="hidden-character">U+2066</span>c',
    );
  });

  it("writes nothing but spans, and all of the text, for hostile code in any language", () => {
    const code = `</script><img src=x onerror=alert(1)> "'\`\${x} <!-- --> ]]> </style> &lt; %%html <b>`;
    for (const language of [...Object.keys(LANGUAGES), ...Object.keys(LANGUAGE_ALIASES)]) {
      const html = highlightCode(code, language);
      expect(html.replaceAll(/<span class="[\w -]+">|<\/span>/g, ""), language).not.toMatch(/[<>]/);
      expect(text(html), language).toBe(code);
    }
  });
});

describe("languages", () => {
  const cell = (source: string, metadata = {}): Cell => ({
    cell_type: "code",
    id: "a",
    metadata,
    source,
    execution_count: null,
    outputs: [],
  });

  it("are the notebook's, a magic's or the editor's", () => {
    expect(
      notebookLanguage({
        nbformat: 4,
        nbformat_minor: 5,
        cells: [],
        metadata: { language_info: { name: "R" } },
      }),
    ).toBe("R");
    expect(
      notebookLanguage({
        nbformat: 4,
        nbformat_minor: 5,
        cells: [],
        metadata: { kernelspec: { language: "scala" } },
      }),
    ).toBe("scala");
    expect(cellLanguage(cell("%%bash\nls"), "python")).toBe("bash");
    expect(cellLanguage(cell("%%time\nx"), "python")).toBe("python");
    expect(cellLanguage(cell("%%constructor\nx"), "python")).toBe("python");
    expect(cellLanguage(cell("x", { vscode: { languageId: "fsharp" } }), "csharp")).toBe("fsharp");
  });
});
