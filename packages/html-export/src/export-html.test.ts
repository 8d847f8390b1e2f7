import type { JsonObject } from "@notemill/json";
import type { Cell, Notebook, Output } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { exportHtml, exportHtmlChunks } from "./export-html.ts";
import type { ExportHtmlOptions } from "./export-options.ts";

const code = (
  source: string,
  outputs: readonly Output[] = [],
  metadata: JsonObject = {},
  id = source,
): Cell => ({ cell_type: "code", id, metadata, source, execution_count: 1, outputs });
const text = (source: string, metadata: JsonObject = {}, id = "text"): Cell => ({
  cell_type: "markdown",
  id,
  metadata,
  source,
});
const raw = (source: string, metadata: JsonObject = {}): Cell => ({
  cell_type: "raw",
  id: "raw",
  metadata,
  source,
});
const stream = (content: string): Output => ({ output_type: "stream", name: "stdout", text: content });

function notebook(cells: readonly Cell[], metadata: JsonObject = {}): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

/** The page, or the part of it inside `<main>`. */
const page = (cells: readonly Cell[], options: ExportHtmlOptions = {}, metadata: JsonObject = {}) =>
  exportHtml(notebook(cells, metadata), options);
const main = (...all: Parameters<typeof page>) =>
  /<main id="notebook">\n([\s\S]*)<\/main>/.exec(page(...all))?.[1];

describe("exportHtml", () => {
  it("writes a whole page that forbids everything active", () => {
    const html = page([code("x", [stream("hello")])], { name: "a.ipynb" });
    expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr" class="auto">/);
    expect(html.replaceAll(/'sha256-[^']+'/g, "'sha256'")).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; media-src data:; style-src 'sha256'; style-src-elem 'sha256'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="referrer" content="no-referrer">
`,
    );
    expect(html).toContain("<title>a.ipynb</title>");
    expect(html).toContain("<footer>A static copy of a.ipynb.</footer>");
    expect(html).not.toMatch(/<script|<link|https?:\/\//);
    expect(html).toMatch(/<\/html>\n$/);
  });

  it("comes piece by piece as well", () => {
    const document = notebook([text("# A"), code("x"), code("y")]);
    const chunks = [...exportHtmlChunks(document)];
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.join("")).toBe(exportHtml(document));
  });

  it("shows code, its number and its outputs", () => {
    expect(main([code("x", [stream("hello")])])).toBe(
      `<section class="cell code" id="cell-x">
<p class="prompt"><a href="#cell-x"><span class="unseen">Cell </span>[1]</a></p>
<pre class="code"><code>x</code></pre>
<section class="output"><pre class="text stdout">hello</pre></section>
</section>
`,
    );
  });

  it("lets a browser draw only what is in view of a long notebook", () => {
    const cells = (count: number) =>
      Array.from({ length: count }, (_, index) => code("x", [], {}, `c${index}`));
    expect(page(cells(200))).toContain('<main id="notebook">');
    expect(page(cells(201))).toContain('<main id="notebook" class="many">');
  });

  it("writes a page of an empty notebook", () => {
    expect(main([])).toBe("");
    expect(page([])).toContain("<h1>Notebook</h1>");
  });
});

describe("the title", () => {
  it.each([
    ["the heading on top, which leaves its cell", [text("# A *b*\n\nc")], {}, {}, "A b"],
    ["what is asked for", [text("# A")], { title: "</title><script>" }, {}, "&lt;/title&gt;&lt;script&gt;"],
    ["the metadata's", [text("## A"), text("# B")], {}, { title: "</title>" }, "&lt;/title&gt;"],
    ["the name, when code comes first", [code("x"), text("# A")], { name: "n" }, {}, "n"],
    ["not a hidden heading", [text("# A", { tags: ["remove-cell"] }), text("b")], {}, {}, "Notebook"],
    ["a formula's source once", [text("# On $x^2$")], {}, {}, "On x^2"],
  ])("is %s", (_what, cells, options, metadata, expected) => {
    const html = page(cells, options, metadata);
    expect(/<title>(.*)<\/title>/.exec(html)?.[1]?.replace("x2", "x^2")).toBe(expected);
  });

  it("leaves the cell that it came from", () => {
    const html = page([text("# A *b*\n\nc")]);
    expect(html).toContain('<h1 id="s-a-b">A <em>b</em></h1>\n\n</header>');
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it("stays in its cell when another one is asked for", () => {
    expect(main([text("# A")], { title: "B" })).toContain('<h1 id="s-a">A</h1>');
  });
});

describe("headings", () => {
  const cells = [
    text("# T"),
    text("## One\n\n#### Deep\n\n## One\n\n<h2 id='own'>Raw</h2>\n\n## $x$ <b>&amp;</b>"),
    code("x", [
      { output_type: "display_data", metadata: {}, data: { "text/html": "<h1 id='cookie'>Out</h1>" } },
    ]),
  ];

  it("have ids of their own, and levels without gaps", () => {
    const html = main(cells) ?? "";
    expect(html).toContain(
      '<h2 id="s-one">One</h2>\n<h3 id="s-deep" class="h4">Deep</h3>\n<h2 id="s-one-1">One</h2>',
    );
    expect(html).toContain('<h2 id="s-own">Raw</h2>');
    expect(html).toContain('class="h1">Out</div>');
  });

  it("make a table of contents from three on", () => {
    const html = page(cells);
    expect(html).toContain('<nav class="contents wide" aria-label="Contents">');
    expect(html).toContain('<li class="level1"><a href="#s-x">x &amp;</a></li>');
    expect(html).not.toContain(">T</a>");
    expect(page(cells, { toc: "omit" })).not.toContain("<nav");
    expect(page([text("# T\n## A")])).not.toContain("<nav");
    expect(page([text("# T\n## A")], { toc: "show" })).toContain("<nav");
    expect(page([code("x")], { toc: "show" })).not.toContain("<nav");
  });

  it("are shown in part when they are too many", () => {
    const many = Array.from({ length: 300 }, (_, index) => `## A${index}\n\n### B${index}`).join("\n\n");
    const html = page([text(many)]);
    expect(html.match(/<li class="level/g)).toHaveLength(2 * 201);
    expect(html).toContain('<li class="level1">100 more</li>');
    expect(html).not.toContain('href="#s-b1"');
  });

  it("without words are none", () => {
    expect(main([text("a\n\n## \n\n## <b></b>")])).not.toMatch(/<h\d/);
  });
});

describe("hidden parts", () => {
  const secret = { jupyter: { source_hidden: true } };

  it.each([
    ["code marked as hidden", [code("secret", [stream("shown")], secret)], {}, "shown"],
    [
      "outputs marked as hidden",
      [code("shown", [stream("secret")], { tags: ["hide-output"] })],
      {},
      "Cell [1] shown",
    ],
    [
      "cells marked as hidden",
      [code("secret", [stream("secret")], { tags: ["hide-cell"] }), text("secret", { tags: ["hide-cell"] })],
      {},
      "",
    ],
    ["all code, when asked", [code("secret", [stream("shown")])], { input: "omit" }, "shown"],
    [
      "removed parts, even when hidden ones are folded",
      [code("secret", [], { tags: ["remove-cell"] })],
      { hidden: "fold" },
      "",
    ],
  ] as const)("leave out %s", (_what, cells, options, expected) => {
    const html = page(cells, options);
    expect(html).not.toContain("secret\n");
    expect(
      /<main[^>]*>([\s\S]*)<\/main>/
        .exec(html)?.[1]
        ?.replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    ).toBe(expected);
  });

  it("fold when asked", () => {
    const html = main(
      [code("x", [stream("out")], { tags: ["hide-cell"] }), text("t", { tags: ["hide-cell"] })],
      { hidden: "fold" },
    );
    expect(html).toContain('<details class="fold"><summary>Code</summary><pre class="code">');
    expect(html).toContain('<details class="fold"><summary>Output</summary><section class="output">');
    expect(html).toContain('<details class="fold"><summary>Text</summary><p>t</p>');
  });
});

describe("runs", () => {
  const error: Output = { output_type: "error", ename: "KeyError", evalue: "x", traceback: [] };
  const metadata = {
    papermill: { start_time: "2026-11-23T08:46:38Z", parameters: {} },
    notemill: { status: "failed", failure: { message: "KeyError: x", cell_id: "bad" } },
  };

  it("link to the cell where they failed, and mark it", () => {
    const html = page([code("ok"), code("bad", [error])], {}, metadata);
    expect(html).toContain('Stopped at <a href="#cell-bad">cell [1]</a>: <code>KeyError: x</code>');
    expect(html).toContain(
      '<section class="cell code failed" id="cell-bad">\n<p class="stop">The run stopped here.</p>',
    );
  });

  it("show their error even where the notebook hides it", () => {
    const html = main(
      [code("bad", [stream("secret"), error], { tags: ["remove-cell"] })],
      { input: "omit" },
      metadata,
    );
    expect(html).toContain("KeyError");
    expect(html).not.toContain("secret");
  });

  it("leave papermill's marker cells to the summary", () => {
    const marker = text('<span id="papermill-error-cell">encountered</span>', {
      tags: ["papermill-error-cell-tag"],
    });
    expect(main([marker, code("bad", [error])], {}, metadata)).not.toContain("encountered");
  });

  it("name the cells of parameters, and the time of slow cells", () => {
    const html = main([
      code("a", [], { tags: ["injected-parameters"], papermill: { duration: 2.34 } }),
      code("b", [], { tags: ["parameters"], papermill: { duration: 0.5 } }),
    ]);
    expect(html).toContain('<p class="label">Parameters of this run</p>');
    expect(html).toContain('<p class="label">Default parameters</p>');
    expect(html).toContain('<span class="time">2.3 s</span>');
    expect(html).not.toContain("0.5 s");
  });

  it("say which cells were not run", () => {
    const pending = { papermill: { status: "pending" } };
    const cells = [code("done", [], pending), { ...code("left", [], pending), execution_count: null }];
    expect(main(cells)?.match(/\[.\]<\/a>(?:<span class="time">not run<\/span>)?/g)).toEqual([
      "[1]</a>",
      '[ ]</a><span class="time">not run</span>',
    ]);
  });
});

describe("raw cells", () => {
  it.each([
    ["plain", {}, "<b>", '<pre class="text">&lt;b&gt;</pre>'],
    ["HTML", { format: "text/html" }, "<b onclick=x>a</b><script>y</script>", "<b>a</b>"],
    ["Markdown", { raw_mimetype: "text/markdown" }, "*a*", "<em>a</em>"],
  ])("show %s", (_what, metadata, source, expected) => {
    expect(main([raw(source, metadata)])).toContain(expected);
  });

  it("for other formats are left out", () => {
    expect(main([raw("\\newpage", { format: "text/latex" }), raw("  ")])).toBe("");
  });
});

describe("cell ids", () => {
  it("that are no ids, or come twice, give way to the position", () => {
    const html = main([code("a", [], {}, '"><script>'), code("b", [], {}, "b"), code("c", [], {}, "b")]);
    expect([...(html ?? "").matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      "cell.1",
      "cell-b",
      "cell.3",
    ]);
  });
});

describe("options", () => {
  it.each([
    [{ language: "de-AT", theme: "dark" } as const, '<html lang="de-AT" dir="ltr" class="dark">'],
    [{ language: "ar" } as const, '<html lang="ar" dir="rtl"'],
    [{ theme: "light" } as const, '<meta name="color-scheme" content="light">'],
  ])("%j change the page", (options, expected) => {
    expect(page([], options)).toContain(expected);
  });

  it.each([
    [{ language: '"><script>' }, `language is "\\"><script>", expected a BCP 47 tag such as "en" or "pt-BR"`],
    [{ maxOutputLength: 0 }, "maxOutputLength is 0, expected a number from 1 on"],
    [{ maxTableRows: Number.NaN }, "maxTableRows is NaN, expected a number from 1 on"],
  ])("%j are refused", (options, message) => {
    expect(() => page([], options)).toThrow(
      expect.objectContaining({ code: "EXPORT_OPTION_INVALID", message }),
    );
  });
});

describe("half an emoji", () => {
  it("does not break the page", () => {
    const html = page([text("a \ud83d b", {}, "\udc00"), code("'\ud83d'", [stream("\udc00")])], {
      title: "\ud83d",
    });
    expect(html.isWellFormed()).toBe(true);
  });
});
