import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAnchors } from "./anchors.ts";
import { ALLOWED_ELEMENTS, EMPTY_ELEMENTS } from "./element-rules.ts";
import { createInserts } from "./inserts.ts";
import { sanitizeMarkup } from "./sanitize-markup.ts";

const clean = (html: string) => sanitizeMarkup(html, { anchors: createAnchors(), headings: "real" });
const html = (markup: string) => clean(markup)?.html;

describe("sanitizeMarkup keeps", () => {
  it.each([
    ["plain markup", "<p>a <b>b</b><br>c</p>", "<p>a <b>b</b><br>c</p>"],
    [
      "a table",
      "<table><thead><tr><th>a</th></tr></thead><tbody><tr><th>1</th><td colspan=2>2</td></tr></tbody></table>",
      '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><th scope="row">1</th><td colspan="2">2</td></tr></tbody></table>',
    ],
    [
      "old HTML as styles",
      '<center><font color="#333">x</font></center>',
      '<div style="text-align:center"><span style="color:#333;color:light-dark(#333,oklch(from #333 max(l,.75) c h))">x</span></div>',
    ],
    [
      "the page's own elements as others",
      "<section><main><nav>x</nav></main></section>",
      "<div><div><div>x</div></div></div>",
    ],
    [
      "a link",
      '<a href="https://example.org">x</a>',
      '<a href="https://example.org" rel="noopener noreferrer nofollow" target="_blank">x</a>',
    ],
    ["a link in the page", '<a href="#My-Part">x</a>', '<a href="#s-my-part">x</a>'],
    [
      "an anchor, by a name of ours",
      '<a name="Here"></a><p id="cookie">x</p>',
      '<a id="s-here"></a><p id="s-cookie">x</p>',
    ],
    [
      "an image in the page",
      '<img src="data:image/png;base64,AAAA" alt="a" width="10" onerror="x()">',
      '<img alt="a" src="data:image/png;base64,AAAA" width="10">',
    ],
    [
      "details",
      "<details open><summary>a</summary>b</details>",
      '<details open=""><summary>a</summary>b</details>',
    ],
  ])("%s", (_what, markup, expected) => {
    const sorted = (text: string | undefined) =>
      text?.replaceAll(
        /<(\w+)((?: [a-z]+(?:="[^"]*")?)+)/g,
        (_all, tag: string, list: string) =>
          `<${tag} ${(list.match(/[a-z]+(?:="[^"]*")?/g) ?? []).sort().join(" ")}`,
      );
    expect(sorted(html(markup))).toBe(sorted(expected));
  });

  it("inline SVG as an image", () => {
    expect(html("a<svg><script>alert(1)</script><svg></svg></svg>b")).toMatch(
      /^a<img src="data:image\/svg\+xml;charset=utf-8,[^"<>]*" alt="Drawing">b$/,
    );
  });

  it("what a style sheet says of its elements", () => {
    const markup =
      '<style>#T_1 td {color: red; position: fixed} body {display: none}</style><table id="T_1"><tr><td class="x">1</td></tr></table>';
    expect(html(markup)).toContain(
      '<td style="color:red;color:light-dark(red,oklch(from red max(l,.75) c h))">1</td>',
    );
  });

  it("markup of our own, in text only", () => {
    const inserts = createInserts();
    const mark = inserts.add("<math></math>");
    const markup = `<p title="${mark}">${mark}</p><table>${mark}<tr><td>${mark}</td></tr></table>`;
    const result = sanitizeMarkup(markup, { anchors: createAnchors(), headings: "real", inserts });
    expect(result?.html).toBe(
      '<p title="\ufffd0\ufffd"><math></math></p><table>\ufffd0\ufffd<tr><td><math></math></td></tr></table>',
    );
  });
});

describe("sanitizeMarkup leaves out", () => {
  it.each([
    ["scripts", "a<script>alert(1)</script>b", "ab"],
    ["handlers", '<b onclick="x()" onmouseover=x()>a</b>', "<b>a</b>"],
    ["data attributes", '<button data-commandlinker-command="x">a</button>', "<span>a</span>"],
    [
      "forms",
      '<form action="https://example.org"><input name="a"><button formaction="x">b</button></form>',
      "<div><span>b</span></div>",
    ],
    [
      "frames",
      '<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="x"></object><embed src="x">',
      "",
    ],
    [
      "metadata",
      '<meta http-equiv="refresh" content="0;url=//x"><base href="//x"><link rel="stylesheet" href="//x"><title>x</title>',
      "",
    ],
    [
      "bad links",
      '<a href="javascript:alert(1)">a</a><a href="&#106;avascript:alert(1)">b</a>',
      "<a>a</a><a>b</a>",
    ],
    [
      "names",
      '<img name="cookie" id="x" src="data:image/png;base64,AAAA"><a name="">a</a>',
      '<img src="data:image/png;base64,AAAA" alt=""><a>a</a>',
    ],
    ["classes", '<b class="cell prompt skip">a</b>', "<b>a</b>"],
    [
      "roles and focus",
      '<b role="button" tabindex="0" aria-hidden="true" contenteditable accesskey="x" draggable="true" autofocus hidden>a</b>',
      "<b>a</b>",
    ],
    ["slots and custom elements", '<x-y is="z" slot="a" part="b">a</x-y>', "a"],
    [
      "raw text elements",
      "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>a<xmp><script></xmp><plaintext>b",
      "'&gt;a",
    ],
    ["templates", "<template><img src=x onerror=alert(1)></template>a", "a"],
    [
      "foreign content",
      "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>a",
      "a",
    ],
    ["comments", "a<!--><img src=x onerror=alert(1)>-->b", "a"],
  ])("%s", (_what, markup, expected) => {
    const result = html(markup) ?? "";
    if (_what === "comments" || _what === "raw text elements") {
      expect(result).not.toMatch(/onerror|<img|<script/);
    } else expect(result).toBe(expected);
  });

  it("images from elsewhere, and says so", () => {
    expect(html('<img src="https://example.org/x.png" alt="a map"><img src="plot.png">')).toBe(
      '<span class="missing">[image not included: a map]</span><span class="missing">[image not included: plot.png]</span>',
    );
  });

  it("tables between cells, with which markup could leave its place", () => {
    expect(html("<table><div><table></table></div></table><p>x</p>")).toBe("<table></table><p>x</p>");
  });

  it("deep nesting beyond what can be seen", () => {
    expect(html("<div>".repeat(400))?.match(/<div>/g)).toHaveLength(120);
    expect(html("<table><tr><td>".repeat(100))?.match(/<table>/g)).toHaveLength(5);
    expect(clean("<div>".repeat(1000))).toBeUndefined();
  });
});

describe("sanitizeMarkup tells", () => {
  it.each([
    ["<script>x</script>", ["script"], false],
    ["<div></div> <p> </p>", [], false],
    ["<p>x<iframe></iframe></p>", ["iframe"], true],
    ["<hr>", [], true],
    ["<input value=x><select><option>a</select>", ["input", "select"], false],
  ])("what %s lost and whether anything is left", (markup, active, hasContent) => {
    const result = clean(markup);
    expect([...(result?.activeElements ?? [])]).toEqual(active);
    expect(result?.hasContent).toBe(hasContent);
  });
});

describe("sanitizeMarkup on any text", () => {
  const names = [
    ...ALLOWED_ELEMENTS,
    "svg",
    "math",
    "style",
    "script",
    "noscript",
    "template",
    "select",
    "x-y",
    "title",
    "textarea",
  ];
  const piece = fc.oneof(
    fc.constantFrom(...names).map((name) => `<${name}>`),
    fc.constantFrom(...names).map((name) => `</${name}>`),
    fc.constantFrom(
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
      "&lt;",
      "&#60;script&#62;",
      '"',
      "'",
      "<",
      ">",
      "=",
      "x",
      " ",
    ),
    fc.constantFrom(
      '<a href="javascript:x">',
      "<img src=x onerror=y>",
      '<p style="color:red;position:fixed">',
      "<b\0onclick=x>",
      "<p/onclick=x>",
    ),
    fc.string({ maxLength: 5 }),
  );

  it("writes nothing but allowed elements, balanced, with checked attributes", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const result = html(pieces.join("")) ?? "";
        const open: string[] = [];
        const rest = result.replaceAll(
          /<(\/?)([a-z0-9]+)((?: [a-z]+(?:="[^"<>]*")?)*)>/g,
          (_tag, slash: string, name: string, attributes: string) => {
            expect(ALLOWED_ELEMENTS.has(name), name).toBe(true);
            expect(attributes).not.toMatch(/ on|javascript|position|url\(/);
            if (slash === "/") expect(open.pop()).toBe(name);
            else if (!EMPTY_ELEMENTS.has(name)) open.push(name);
            return "";
          },
        );
        expect(rest).not.toMatch(/[<>]/);
        expect(open).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
