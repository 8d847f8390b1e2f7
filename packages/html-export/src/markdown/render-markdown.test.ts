import { RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { createAnchors } from "../markup/anchors.ts";
import { createMarkdownRenderer, type MarkdownPlace } from "./render-markdown.ts";
import { createMathRenderer } from "./render-math.ts";

function render(text: string, place: Partial<MarkdownPlace> = {}): string {
  const markdown = createMarkdownRenderer({ anchors: createAnchors(), renderMath: createMathRenderer() });
  return markdown(text, { headings: "real", ...place }).html.trim();
}

describe("Markdown", () => {
  it.each([
    [
      "a table",
      "|a|b|\n|-|-:|\n|1|2|",
      '<section class="box" role="group" aria-label="Table" tabindex="0"><table>\n<thead>\n<tr>\n<th scope="col">a</th>\n<th style="text-align:right" scope="col">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td style="text-align:right">2</td>\n</tr>\n</tbody>\n</table></section>',
    ],
    ["tasks", "- [x] a\n- [ ] b", '<ul>\n<li class="task">☑ a</li>\n<li class="task">☐ b</li>\n</ul>'],
    ["struck text", "~~a~~", "<p><s>a</s></p>"],
    [
      "an address",
      "see https://example.org.",
      '<p>see <a href="https://example.org" rel="noopener noreferrer nofollow" target="_blank">https://example.org</a>.</p>',
    ],
    ["no address that was not meant", "see example.org", "<p>see example.org</p>"],
    [
      "code in its language",
      "```python\nx = 1\n```",
      '<pre class="code"><code>x = <span class="h-number">1</span></code></pre>',
    ],
    ["code in no language", "```\n<b>\n```", '<pre class="code"><code>&lt;b&gt;</code></pre>'],
    ["code in an unknown language", "``` {.foo}\n<b>\n```", '<pre class="code"><code>&lt;b&gt;</code></pre>'],
    [
      "HTML around Markdown",
      '<div align="center">\n\n**a**\n\n</div>',
      '<div style="text-align:center">\n<p><strong>a</strong></p>\n</div>',
    ],
    ["looks of headings", "# A", "<h1>A</h1>"],
  ])("renders %s", (_what, text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it("renders headings of outputs as text", () => {
    expect(render("# A", { headings: "looks" })).toBe('<div class="h1">A</div>');
  });

  it.each([
    ["in a line", "a $x^2$ b", /^<p>a <math .*<\/math> b<\/p>$/],
    ["where Markdown would see emphasis", "$a_1 b_1$ and *c*", /^<p><math .*<\/math> and <em>c<\/em><\/p>$/],
    ["where Markdown would see a heading", "$$\na\n= b\n$$", /^<p><span class="formula"><math/],
    ["where Markdown would see a list", "$$\n- a\n$$\n\nb", /^<p><span class="formula"><math.*<p>b<\/p>$/s],
    [
      "between a formula's words",
      "\\begin{align}\na &= b \\\\\n- c\n\\end{align}",
      /^<p><span class="formula"><math/,
    ],
    ["in a list", "- a\n  $$\n  x\n  $$", /<li>a\n?<p><span class="formula"><math/],
    ["in a link and a heading", "# [$x$](https://example.org)", /^<h1><a [^>]*><math .*<\/math><\/a><\/h1>$/],
  ])("reads formulas %s", (_where, text, expected) => {
    expect(render(text)).toMatch(expected);
  });

  it("leaves money and code alone", () => {
    expect(render("$5 or $10, `$x$`")).toBe("<p>$5 or $10, <code>$x$</code></p>");
  });

  it("shows attachments, by plain and by encoded names", () => {
    const attachments = {
      "my plot.png": { "image/png": "AAAA" },
      "x.svg": { "image/svg+xml": "<svg></svg>" },
      "bad.png": { "image/png": new RawJson("{}"), "text/html": "<b>" },
    };
    expect(render("![a](attachment:my%20plot.png)", { attachments })).toBe(
      '<p><img alt="a" src="data:image/png;base64,AAAA"></p>',
    );
    expect(render("![a](attachment:x.svg)", { attachments })).toMatch(
      /<img alt="a" src="data:image\/svg\+xml;charset=utf-8,[^"]*">/,
    );
    expect(render("![a](attachment:bad.png)![](attachment:__proto__)", { attachments })).not.toContain(
      "<img",
    );
  });

  it.each([
    ["links", "[a](javascript:alert(1))"],
    ["encoded links", "[a](jav&#x61;script:alert(1)) [b](\\javascript:alert(1)) <javascript:alert(1)>"],
    ["references", "[a]\n\n[a]: javascript:alert(1)"],
    ["images", "![a](javascript:alert(1)) ![b](https://example.org/x.png)"],
    ["titles", '[a](https://example.org "x\\" onclick=\\"y")'],
    ["code languages", '```"><img src=x onerror=y>\nx\n```'],
    ["formulas in attributes", '<div title="\n\n$x$ onclick=y\n\n">a</div>'],
    ["marks of our own in the text", "\ufdd00\ufdd1 $x$ <b title='\ufdd00\ufdd1'>a</b>"],
    ["raw HTML", "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"],
    ["half a tag", "<img src=x onerror=alert(1)\n\n$x$"],
  ])("keeps hostile %s harmless", (_what, text) => {
    const html = render(text);
    expect(html.replaceAll(/ (?:title|alt)="[^"]*"/g, "")).not.toMatch(
      /<[^>]*(?: on\w+=|javascript:|<script)/i,
    );
    expect(html).not.toMatch(/<img(?! src="data:)/);
  });

  it("shows a picture of megabytes in the text", () => {
    const source = `data:image/png;base64,${"A".repeat(2_000_000)}`;
    expect(render(`![a](${source}) <img src='${source}'>`)).toBe(
      `<p><img alt="a" src="${source}"> <img src="${source}" alt=""></p>`,
    );
    expect(render(`![a](attachment:inline-image-0) ![b](attachment:inline-image-x)`)).not.toContain("<img");
  });

  it("shows a text of megabytes as it was written", () => {
    expect(render("*".repeat(300_001))).toMatch(/^<pre class="text">\*+<\/pre>$/);
  });

  it.each([
    ["brackets", "[".repeat(5000)],
    ["quotes", "> ".repeat(5000)],
    ["lists", `${"- ".repeat(3000)}x`],
    ["stars", "*a **a ".repeat(3000)],
    ["backticks", Array.from({ length: 600 }, (_, index) => "`".repeat(index)).join(" ")],
    ["dollars", "$$\n".repeat(3000)],
    ["environments", "\\begin{a}".repeat(3000)],
    ["angles", "<".repeat(20_000)],
    ["entities", "&#0;&#x1F;&".repeat(3000)],
    ["tables", `|a\n|-\n${"|x\n".repeat(3000)}`],
  ])("gets through thousands of %s", (_what, text) => {
    expect(render(text).length).toBeLessThan(2_000_000);
  });
});
