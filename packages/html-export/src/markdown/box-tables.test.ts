import { describe, expect, it } from "vitest";
import { boxTables } from "./box-tables.ts";

const OPEN = '<section class="box" role="group" aria-label="Table" tabindex="0">';

describe("boxTables", () => {
  it.each([
    ["no table", "<p>a</p>", "<p>a</p>"],
    [
      "two tables",
      '<table><tr></tr></table>a<table id="x"></table>',
      `${OPEN}<table><tr></tr></table></section>a${OPEN}<table id="x"></table></section>`,
    ],
    [
      "a table in a table",
      "<table><tr><td><table></table></td></tr></table>",
      `${OPEN}<table><tr><td><table></table></td></tr></table></section>`,
    ],
  ])("boxes %s", (_what, html, expected) => {
    expect(boxTables(html)).toBe(expected);
  });
});
