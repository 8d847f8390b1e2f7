import { readdirSync, readFileSync } from "node:fs";
import { createNotebookRenderer } from "@notemill/html-export";
import { readNotebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { findStrayMarkup } from "./stray-markup.ts";

describe("findStrayMarkup", () => {
  it.each([
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    '<img src="data:image/png;base64,x" onerror="alert(1)">',
    '<img src="https://canary.example/x.png">',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="//canary.example">a</a>',
    '<a href="java&#115;cript:alert(1)">a</a>',
    '<a href="java&#x73;cript:alert(1)">a</a>',
    '<a href="javascript&colon;alert(1)">a</a>',
    '<a href="java&Tab;script:alert(1)">a</a>',
    '<a href="java&#10;script:alert(1)">a</a>',
    '<a href="&#10;javascript:alert(1)">a</a>',
    '<a href="x&#10;/javascript:alert(1)">a</a>',
    '<a href="/\\canary.example">a</a>',
    '<p style="background:u&#114;l(https://canary.example)">a</p>',
    '<p style="background:image-set(&quot;https://canary.example&quot; 1x)">a</p>',
    '<math xlink:href="javascript:alert(1)"></math>',
    '<mrow href="javascript:alert(1)"></mrow>',
    '<mglyph src="https://canary.example/x.png"></mglyph>',
    '<p background="https://canary.example/x.png">a</p>',
    '<a href="#a" target="_top">a</a>',
    '<p class="a&apos;b">a</p>',
    "<iframe></iframe>",
    '<audio src="https://canary.example/a.wav"></audio>',
    '<video src="data:image/svg+xml;base64,AA"></video>',
    '<video autoplay="" src="data:video/mp4;base64,AA"></video>',
    '<video poster="https://canary.example/p.png" src="data:video/mp4;base64,AA"></video>',
    "<svg><use></use></svg>",
    '<p style="background:url(https://canary.example)">a</p>',
    '<form action="/"></form>',
    '<p data-commandlinker-command="x">a</p>',
    '<p id="root">a</p>',
    "<p title='a'>a</p>",
    '<p title="<b>">a</p>',
    "<p/onclick=alert(1)>a</p>",
    "< b",
    '<mspace onclick ="alert(1)"/>',
    "<!-- a -->",
    "<p",
  ])("finds what is wrong with %s", (html) => {
    expect(findStrayMarkup(`<p>before</p>${html}`)).toBe(html.slice(0, 80));
  });

  const fixtures = new URL("../../html-export/fixtures/", import.meta.url).pathname;
  const names = [
    "report.ipynb",
    ...readdirSync(`${fixtures}hostile`)
      .filter((name) => name.endsWith(".ipynb"))
      .map((name) => `hostile/${name}`),
  ];

  it.each(names)("finds nothing in what is written of %s", (name) => {
    const { notebook } = readNotebook(readFileSync(fixtures + name, "utf8"), { newId: () => "new" });
    const { title, parts, renderCode, renderOutputs } = createNotebookRenderer(notebook);
    const markup = [
      title.html,
      ...parts.flatMap(({ cell, text }) =>
        cell.cell_type === "code" ? [renderCode(cell), renderOutputs(cell.outputs)] : [text],
      ),
    ];
    expect(markup.map(findStrayMarkup).filter((it) => it !== undefined)).toEqual([]);
  });
});
