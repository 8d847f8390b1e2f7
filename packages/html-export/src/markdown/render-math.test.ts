import { describe, expect, it } from "vitest";
import { isPlainMathml } from "./plain-mathml.ts";
import { createMathRenderer } from "./render-math.ts";

const inline = (tex: string) => createMathRenderer()({ tex, display: "inline" });

describe("createMathRenderer", () => {
  it("writes MathML with the source beside it", () => {
    expect(inline("x^2")).toMatch(
      /^<math xmlns="[^"]+"><semantics>.*<annotation encoding="application\/x-tex">x\^2<\/annotation><\/semantics><\/math>$/,
    );
  });

  it("puts a formula of its own line into a box that scrolls", () => {
    expect(createMathRenderer()({ tex: "x", display: "block" })).toMatch(
      /^<span class="formula"><math [^>]*display="block">/,
    );
  });

  it.each([
    ["what it cannot read", "\\frac{a"],
    ["endless macros", "\\def\\a{\\a\\a}\\a"],
    ["a thousand braces too many", `${"{".repeat(100_000)}x`],
    ["the length of a book", "x".repeat(20_000)],
  ])("shows %s as it was written", (_what, tex) => {
    expect(inline(tex)).toBe(`<code class="tex">${tex}</code>`);
  });

  it.each([
    "\\href{javascript:alert(1)}{x}",
    "\\url{https://example.org}",
    "\\includegraphics{https://example.org/x.png}",
    "\\htmlStyle{position:fixed}{x}",
    "\\htmlId{cookie}{x}",
    "\\htmlData{x=y}{x}",
    "\\text{<img src=x onerror=alert(1)>}",
    '\\class{a" onclick="x}{y}',
    "</annotation></semantics></math><script>alert(1)</script>",
    "\\text{</annotation><script>}",
    "\\unicode{x3c}script",
  ])("writes nothing active for %s", (tex) => {
    const html = inline(tex);
    expect(
      html.replaceAll(
        /<\/?(?:math|semantics|mrow|mstyle|mtext|mi|mo|mn|annotation|code)(?: [a-z]+="[^"<>]*")*>/g,
        "",
      ),
    ).not.toMatch(/[<>]/);
    expect(html).not.toMatch(/<[^>]* (?:href|src|on\w+|id)=/);
  });

  it("keeps macros for the formulas that follow, those of KaTeX among them", () => {
    const render = createMathRenderer();
    render({ tex: "\\newcommand{\\foo}{\\text{foo}} \\newcommand{\\R}{\\mathbb{R}}", display: "inline" });
    expect(render({ tex: "\\foo \\in \\R", display: "inline" })).toContain("<mtext>foo</mtext>");
    expect(inline("\\foo")).toBe('<code class="tex">\\foo</code>');
  });
});

describe("KaTeX", () => {
  it.each([
    "\\href{javascript:alert(1)}{x}",
    "\\url{https://example.org}",
    "\\includegraphics{https://example.org/x.png}",
    "\\htmlStyle{position:fixed}{x}",
    "\\htmlId{cookie}{x}",
  ])("refuses %s by itself, before what it made is looked over", (tex) => {
    expect(inline(tex)).toContain('<mstyle mathcolor="#cc0000">');
  });
});

describe("isPlainMathml", () => {
  it.each([
    ['<math xmlns="x"><mi>a</mi></math>', true],
    ['<math><mtd class ="mtr-glue"></mtd></math>', true],
    ['<math><mi href="javascript:x">a</mi></math>', false],
    ['<math><maction actiontype="statusline">a</maction></math>', false],
    ['<math><annotation-xml encoding="text/html"><b></b></annotation-xml></math>', false],
    ['<math><mglyph src="x"></mglyph></math>', false],
    ['<math><mi onclick="x">a</mi></math>', false],
    ['<math><mi style="background:url(x)">a</mi></math>', false],
    ["<math><script></script></math>", false],
    ["<math>a < b</math>", false],
  ])("says of %s: %s", (markup, expected) => {
    expect(isPlainMathml(markup)).toBe(expected);
  });
});
