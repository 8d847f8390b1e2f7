import { describe, expect, it } from "vitest";
import { readStyleRules, type StyledElement } from "./style-rules.ts";

/** `td#cell.data.row0` as an element. */
function element(text: string): StyledElement {
  const [tag = ""] = /^\w+/.exec(text) ?? [];
  const classes = [...text.matchAll(/\.([\w-]+)/g)].map(([, name = ""]) => name);
  return { tag, id: /#([\w-]+)/.exec(text)?.[1], classes };
}

function styleOf(css: string, path: string): string {
  const declarations = readStyleRules(css).declarationsFor(path.split(" ").map(element));
  return [...(declarations ?? [])].map((pair) => pair.join(":")).join(";");
}

describe("readStyleRules", () => {
  it.each([
    ["an id", "#T_1_row0_col0 {color: red}", "table#T_1 td#T_1_row0_col0", "color:red"],
    ["a list of ids", "#a, #b , #c {color: red}", "td#b", "color:red"],
    ["elements in a table", "#T_1 th {color: red}", "table#T_1 tr th", "color:red"],
    [
      "classes in a table",
      "#T_1 .col_heading.level0 {color: red}",
      "table#T_1 th.col_heading.level0.col0",
      "color:red",
    ],
    ["a child, as any inside", "#T_1 > td {color: red}", "table#T_1 tr td", "color:red"],
    ["not another table", "#T_1 td {color: red}", "table#T_2 td", ""],
    ["not an ancestor alone", "#T_1 {color: red}", "table#T_1 td", ""],
    [
      "an id before a class before an element",
      "#a {color: red} td {color: blue} .x {color: green}",
      "td#a.x",
      "color:red",
    ],
    ["the later of two alike", "td {color: red} td {color: blue}", "td", "color:blue"],
    ["only what is safe", "td {position: fixed; color: red; background: url(x)}", "td", "color:red"],
    ["not after a comment", "/* td {color: red} */ th {color: blue}", "td", ""],
    ["not in an at-rule", "@media print { td {color: red} }", "td", ""],
    ["not with a pseudo-class", "td:hover {color: red}", "td", ""],
  ])("applies %s", (_what, css, path, expected) => {
    expect(styleOf(css, path)).toBe(expected);
  });

  it("reads unclosed and hostile text in linear time", () => {
    for (const css of [
      "{".repeat(300_000),
      "a,".repeat(300_000),
      "/*".repeat(300_000),
      "x ".repeat(300_000),
    ]) {
      expect(readStyleRules(css).isEmpty).toBe(true);
    }
  });
});
