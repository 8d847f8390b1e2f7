import { RawJson, type JsonObject } from "@notemill/json";
import type { MimeBundle, Output } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { createAnchors } from "../markup/anchors.ts";
import { createMarkdownRenderer } from "../markdown/render-markdown.ts";
import { createMathRenderer } from "../markdown/render-math.ts";
import type { PageContext } from "../page/page-context.ts";
import { renderOutputs } from "./render-outputs.ts";

function page(options: Partial<PageContext> = {}): PageContext {
  const anchors = createAnchors();
  const renderMath = createMathRenderer();
  const renderMarkdown = createMarkdownRenderer({ anchors, renderMath });
  return {
    anchors,
    renderMath,
    renderMarkdown,
    widgets: {},
    maxOutputLength: Number.POSITIVE_INFINITY,
    maxTableRows: 100,
    ...options,
  };
}

const render = (output: Output, options?: Partial<PageContext>) => renderOutputs([output], page(options));

/** Markup of a bundle; data that is no text is JSON. */
function bundle(
  data: Record<string, unknown>,
  metadata: JsonObject = {},
  options?: Partial<PageContext>,
): string {
  const entries = Object.entries(data).map(([type, value]) => [
    type,
    typeof value === "string" ? value : new RawJson(JSON.stringify(value)),
  ]);
  return render(
    { output_type: "display_data", data: Object.fromEntries(entries) as MimeBundle, metadata },
    options,
  );
}

const stream = (text: string, name = "stdout"): Output => ({ output_type: "stream", name, text });
const words = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

describe("streams", () => {
  it("join what belongs together and tell errors apart", () => {
    const html = renderOutputs([stream("a\n"), stream("b\n"), stream("c\n", "stderr"), stream("")], page());
    expect(html).toBe(
      '<section class="output"><pre class="text stdout">a\nb</pre></section>\n<section class="output"><pre class="text stderr">c</pre></section>\n',
    );
  });

  it("apply a carriage return across messages", () => {
    expect(words(renderOutputs([stream("10%"), stream("\r100%")], page()))).toBe("100%");
  });

  it.each([
    ["wide", "x".repeat(41)],
    ["tall", "x\n".repeat(40)],
  ])("let the keyboard scroll what is %s", (_what, text) => {
    expect(render(stream(text))).toContain('tabindex="0" role="group" aria-label="stdout text"');
  });

  it("treat an unknown name as standard output", () => {
    expect(render(stream("a", '"><script>'))).toContain('class="text stdout"');
  });
});

describe("errors", () => {
  const error: Output = {
    output_type: "error",
    ename: "Value\u001b[1mError",
    evalue: "<b>\nmore",
    traceback: ["\u001b[31mTraceback\u001b[0m", "<i>line</i>"],
  };

  it("show what happened, and the traceback", () => {
    const html = render(error);
    expect(html).toContain(
      '<pre class="text message"><b>Value<span class="bold">Error</span></b>: &lt;b&gt;\nmore</pre>',
    );
    expect(html).toContain(
      '<details class="fold" open><summary>Traceback</summary><pre class="text traceback"',
    );
    expect(html).toContain('<span class="c c1">Traceback</span>\n&lt;i&gt;line&lt;/i&gt;');
  });

  it("fold a long traceback", () => {
    const long = { ...error, traceback: ["begin", "line\n".repeat(15)] };
    expect(render(long)).toContain('<details class="fold"><summary>Traceback</summary>');
  });

  it("need neither value nor traceback", () => {
    expect(render({ output_type: "error", ename: "SystemExit", evalue: "", traceback: [] })).toBe(
      '<section class="output"><section class="error"><pre class="text message"><b>SystemExit</b></pre></section></section>\n',
    );
  });
});

describe("images", () => {
  it.each([
    [
      "with a size of its own",
      { "image/png": "AAAA" },
      { "image/png": { width: 640, height: 480.4 } },
      ' width="640" height="480"',
    ],
    ["with a size at the top", { "image/jpeg": "AAAA" }, { width: 100 }, ' width="100"'],
    ["without a senseless size", { "image/png": "AAAA" }, { width: -1, height: 1e9 }, 'alt="Picture">'],
    [
      "with the words of its author",
      { "image/png": "AAAA" },
      { "image/png": { alt: 'A "plot"' } },
      'alt="A &quot;plot&quot;"',
    ],
    [
      "with what its text says",
      { "image/png": "AAAA", "text/plain": "<Figure size 640x480 with 1 Axes>" },
      {},
      'alt="Figure, 640 by 480"',
    ],
    [
      "without what its text does not say",
      { "image/png": "AAAA", "text/plain": "alt.Chart(...)" },
      {},
      'alt="Picture"',
    ],
    [
      "as an image even when it is SVG",
      { "image/svg+xml": "<svg><script>alert(1)</script></svg>" },
      {},
      '<img class="picture" src="data:image/svg+xml;charset=utf-8,%3Csvg',
    ],
    ["webp", { "image/webp": "AAAA\n" }, {}, "data:image/webp;base64,AAAA"],
  ])("are shown %s", (_how, data, metadata, expected) => {
    expect(bundle(data, metadata as JsonObject)).toContain(expected);
  });

  it("that are none give way to the next best", () => {
    expect(words(bundle({ "image/png": "<script>", "text/plain": "a plot" }))).toBe("a plot");
  });

  it("beyond the limit are named", () => {
    expect(words(bundle({ "image/png": "A".repeat(2000) }, {}, { maxOutputLength: 1000 }))).toBe(
      "A picture (image/png) of 2,000 characters is left out; 1,000 are allowed.",
    );
  });
});

describe("HTML", () => {
  it("is a table in a box that scrolls, without empty headings", () => {
    const html = bundle({
      "text/html":
        '<div><style scoped>td {}</style><table border="1" class="dataframe"><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table></div>',
      "text/plain": "   a\n0  1",
    });
    expect(html).toContain(
      '<section class="box html table" role="group" aria-label="Output" tabindex="0"><div><table class="dataframe"><thead><tr><td></td><th scope="col">a</th></tr>',
    );
  });

  it("gives way to a picture when it lost something active", () => {
    expect(bundle({ "text/html": "loading<script>draw()</script>", "image/png": "AAAA" })).toContain("<img");
    expect(words(bundle({ "text/html": "loading<script>draw()</script>" }))).toBe(
      "loading Left out, as nothing in a static page is active: script.",
    );
  });

  it.each([
    ["a bare script", "<script>x</script>", "Left out, as nothing in a static page is active: script."],
    ["a video", '<video src="x"></video>', "video , not shown in a static page."],
    ["a map", '<iframe srcdoc="leaflet"></iframe>', "map , not shown in a static page."],
    [
      "Plotly",
      '<div class="plotly-graph-div"></div><script>Plotly.newPlot()</script>',
      "Plotly chart , not shown in a static page.",
    ],
    [
      "Altair",
      '<div id="v"></div><script>(function(spec, o){vegaEmbed()})({"mark": {"type": "bar"}, "encoding": {"x": {"field": "a"}}, "datasets": {"d": [{"a": 1}, {"a": 2}]}}, {"mode": "vega-lite"});</script>',
      "Vega-Lite chart , not shown in a static page: bar; x: a; 2 rows",
    ],
    [
      "broken Altair",
      '<script>vegaEmbed({"x": {]}, {"mode": "vega-lite"})</script>',
      "Vega-Lite chart , not shown in a static page.",
    ],
  ])("that is only %s is named", (_what, html, expected) => {
    expect(words(bundle({ "text/html": html, "text/plain": "alt.Chart(...)" }))).toBe(expected);
  });

  it("that is empty gives way to text", () => {
    expect(words(bundle({ "text/html": " <div></div>", "text/plain": "Div()" }))).toBe("Div()");
  });

  it("nested beyond reason is not shown", () => {
    expect(words(bundle({ "text/html": "<div>".repeat(600) }))).toBe(
      "The HTML of this output is nested too deeply to be shown.",
    );
  });

  it("is cut where it is too long", () => {
    const html = bundle(
      { "text/html": `<table>${"<tr><td>1</td></tr>".repeat(100)}</table>` },
      {},
      { maxOutputLength: 100 },
    );
    expect(html).toContain("This output is cut: it has 1,915 characters, and 100 are shown.");
    expect(html.match(/<tr>/g)?.length).toBeLessThan(10);
    expect(html).toContain("</table></section>");
  });
});

describe("tables", () => {
  const fields = [
    { name: "index", type: "integer" },
    { name: "day", type: "datetime" },
    { name: "<b>", type: "string" },
  ];
  const resource = (data: unknown) => ({
    "application/vnd.dataresource+json": { schema: { fields, primaryKey: ["index"] }, data },
    "text/html": "<table></table>",
  });

  it("show typed columns with headings", () => {
    const html = bundle(
      resource([
        { index: 1, day: "2026-01-05T00:00:00.000", "<b>": null },
        { index: 2, day: "2026-01-06T08:30:00.000Z", "<b>": { a: 1 } },
      ]),
    );
    expect(html).toContain(
      '<th scope="col" class="number">index</th><th scope="col">day</th><th scope="col">&lt;b&gt;</th>',
    );
    expect(html).toContain('<tr><th scope="row" class="number">1</th><td>2026-01-05</td><td></td></tr>');
    expect(html).toContain('<td>2026-01-06 08:30:00Z</td><td>{"a":1}</td>');
  });

  it("are honest about rows that are not shown", () => {
    const rows = Array.from({ length: 1500 }, (_, index) => ({ index }));
    const html = bundle(resource(rows), { sampled: true }, { maxTableRows: 3 });
    expect(html.match(/<tr>/g)).toHaveLength(4);
    expect(words(html)).toMatch(/Shown are the first 3 of 1,500 rows\. The data is a sample\.$/);
  });

  it.each([
    ["no fields", { schema: {}, data: [{ a: 1 }] }],
    ["no rows", { schema: { fields } }],
    ["nothing right", { schema: { fields: [1, { name: 2 }] }, data: "x" }],
    ["a list", [1]],
  ])("with %s give way to the next best", (_what, data) => {
    expect(words(bundle({ "application/vnd.dataresource+json": data, "text/plain": "text" }))).toBe("text");
  });

  it("keep numbers as they were", () => {
    const raw = new RawJson(
      '{"schema":{"fields":[{"name":"a","type":"number"}]},"data":[{"a":1.0},{"a":12345678901234567890},{"a":NaN}]}',
    );
    const html = render({
      output_type: "display_data",
      data: { "application/vnd.dataresource+json": raw },
      metadata: {},
    });
    expect(words(html)).toBe("a 1.0 12345678901234567890 NaN");
  });
});

describe("JSON", () => {
  it("is one line when it fits", () => {
    expect(words(bundle({ "application/json": { a: 1 } }))).toBe("{ &quot;a&quot; : 1 }");
  });

  it("is a folded tree when it is long", () => {
    const html = bundle({
      "application/json": { first: { deep: ["<b>", 1] }, second: [], text: "x".repeat(60) },
    });
    expect(html).toContain(
      '<li><details><summary><b>first</b> <span class="size">{1}</span></summary><ul><li><details><summary><b>deep</b> <span class="size">[2]</span></summary>',
    );
    expect(html).toContain("&lt;b&gt;");
    expect(html).not.toContain("<b>&");
  });

  it.each([
    ["too many values", Array.from({ length: 3000 }, () => 1)],
    ["too many levels", JSON.parse(`${"[".repeat(60)}"${"x".repeat(80)}"${"]".repeat(60)}`) as unknown],
  ])("is text when it has %s", (_what, value) => {
    expect(bundle({ "application/json": value })).toContain('<pre class="text json"');
  });

  it("that nobody can read is shown as it is", () => {
    const raw = new RawJson(`${"[".repeat(5000)}${"]".repeat(5000)}`);
    expect(
      render({ output_type: "display_data", data: { "application/json": raw }, metadata: {} }),
    ).toContain("[[[[");
  });
});

describe("what needs a program", () => {
  it.each([
    [
      "application/vnd.vegalite.v5+json",
      { title: "T", mark: "line", encoding: { x: { field: "a" }, y: { aggregate: "count" } } },
      "Vega-Lite 5 chart , not shown in a static page: T; line; x: a, y: count",
    ],
    [
      "application/vnd.vegalite.v5.20.1+json",
      { layer: [1, 2] },
      "Vega-Lite 5 chart , not shown in a static page: 2 parts",
    ],
    ["application/vnd.vega.v6+json", {}, "Vega 6 chart , not shown in a static page."],
    [
      "application/vnd.plotly.v1+json",
      { data: [{ type: "bar" }, {}], layout: { title: { text: "T" } } },
      "Plotly chart , not shown in a static page: T; bar, scatter; 2 traces",
    ],
    [
      "application/geo+json",
      { type: "FeatureCollection", features: [1, 2] },
      "GeoJSON map , not shown in a static page: 2 features",
    ],
    ["application/javascript", "alert(1)", "JavaScript program , not shown in a static page."],
    ["application/pdf", "JVBERi0=", "PDF document , not shown in a static page."],
    ["application/vnd.vegalite.v5+json", [["x"]], "Vega-Lite 5 chart , not shown in a static page."],
  ])("is named: %s", (type, data, expected) => {
    expect(
      words(bundle({ [type]: data, "text/plain": "<VegaLite 5 object>\n\nIf you see this message" })),
    ).toBe(expected);
  });

  it("gives way to its picture", () => {
    const html = bundle({
      "application/vnd.vegalite.v5+json": {},
      "image/png": "AAAA",
      "text/plain": "<VegaLite>",
    });
    expect(html).toContain("<img");
    expect(html).not.toContain("not shown");
  });

  it("keeps a text that says something", () => {
    expect(words(bundle({ "application/vnd.plotly.v1+json": {}, "text/plain": "42 points" }))).toBe(
      "Plotly chart , not shown in a static page: 0 traces 42 points",
    );
  });
});

describe("widgets", () => {
  const view = { "application/vnd.jupyter.widget-view+json": { model_id: "box" } };

  it("are shown as they were last", () => {
    const widgets = {
      box: {
        model_name: "HBoxModel",
        state: { children: ["IPY_MODEL_label", "IPY_MODEL_bar", "IPY_MODEL_gone", "IPY_MODEL_box"] },
      },
      label: { model_name: "HTMLModel", state: { value: "<b>fit</b> &lt;1&nbsp;s" } },
      bar: { model_name: "FloatProgressModel", state: { value: 3, max: 5, description: "" } },
    };
    expect(words(bundle({ ...view, "text/plain": "HBox(...)" }, {}, { widgets }))).toBe("fit &lt;1 s 3 of 5");
  });

  it("without a state show their text", () => {
    expect(words(bundle({ ...view, "text/plain": "IntSlider(value=7)" }))).toContain("IntSlider(value=7)");
  });
});

describe("recorded values", () => {
  it.each([
    ["application/scrapbook.scrap.json+json", { name: "auc", data: 0.93 }, "auc 0.93"],
    ["application/scrapbook.scrap.text+json", { name: "note", data: "<b>" }, "note &lt;b&gt;"],
    ["application/papermill.record+json", { mse: 1.5, n: 3 }, "mse 1.5 n 3"],
    [
      "application/scrapbook.scrap.json+json",
      { name: "rows", data: { type: "notemill.check", ok: true, severity: "error" } },
      "rows held",
    ],
    [
      "application/scrapbook.scrap.json+json",
      {
        name: "rows",
        data: {
          type: "notemill.check",
          ok: false,
          severity: "warning",
          message: "3 rows",
          details: { n: 3, days: ["<b>"], gaps: [], notes: {}, cause: null },
        },
      },
      'rows failed, warning : 3 rows n 3 days ["&lt;b&gt;"]',
    ],
  ])("in %s are shown", (type, data, expected) => {
    expect(words(bundle({ [type]: data }))).toBe(expected);
  });
});

describe("bundles", () => {
  it.each([
    ["HTML before text", { "text/html": "<i>a</i>", "text/plain": "b" }, "a"],
    [
      "Markdown before LaTeX before a picture",
      { "text/latex": "$x$", "text/markdown": "*a*", "image/png": "AAAA" },
      "a",
    ],
    ["JSON before text", { "application/json": 1, "text/plain": "b" }, "1"],
    ["text for a type that nobody knows", { "application/x-foo": "AAAA", "text/plain": "b" }, "b"],
    [
      "a note for nothing but such a type",
      { "application/x-foo": "AAAA" },
      "An output of type application/x-foo has no form of its own in a static page.",
    ],
    [
      "other text with a note",
      { "text/x-rst": "*a*" },
      "An output of type text/x-rst has no form of its own in a static page. *a*",
    ],
    [
      "unknown JSON with a note",
      { "application/x+json": { a: 1 } },
      "An output of type application/x+json has no form of its own in a static page. { &quot;a&quot; : 1 }",
    ],
    ["LaTeX that is no formula, as it is", { "text/latex": "\\textbf{a} & b" }, "\\textbf{a} &amp; b"],
    ["nothing for nothing", {}, ""],
    [
      "no trap of JavaScript",
      { __proto__: null, constructor: "x" },
      "An output of type constructor has no form of its own in a static page.",
    ],
  ])("show %s", (_what, data, expected) => {
    expect(words(bundle(data))).toBe(expected);
  });

  it("show a formula from LaTeX", () => {
    expect(bundle({ "text/latex": "$\\displaystyle x^2$", "text/plain": "x**2" })).toContain("<math");
    expect(bundle({ "text/latex": "\\begin{tabular}{l}a\\end{tabular}", "image/png": "AAAA" })).toContain(
      "<img",
    );
  });
});

describe("limits", () => {
  it("keep both ends of long text", () => {
    const html = render(stream(`begin${"x".repeat(10_000)}end`), { maxOutputLength: 100 });
    expect(html).toContain("begin");
    expect(html).toContain("end</pre>");
    expect(words(html)).toContain("9,908 characters are left out here");
    expect(words(html)).toContain("Only 100 of 10,008 characters of this output are shown.");
  });
});
