import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanSql } from "./scan-sql.ts";
import { splitStatements } from "./split-statements.ts";

/** The statements of a cell, with `|` between them. */
function split(cell: string): string {
  return splitStatements(cell)
    .map(({ text }) => text)
    .join(" | ");
}

describe("splitStatements", () => {
  it.each([
    ["", ""],
    [" ;; \n;", ""],
    ["select 1", "select 1"],
    ["select 1;select 2 ; ", "select 1 | select 2"],
    ["select ';' , \"a;b\"; select 2", "select ';' , \"a;b\" | select 2"],
    ["select 'it''s;'; select 2", "select 'it''s;' | select 2"],
    ["select e'it\\'s;'; select 2", "select e'it\\'s;' | select 2"],
    ["select 'a\\'; select 2", "select 'a\\' | select 2"],
    ["select true='\\'; select 2", "select true='\\' | select 2"],
    ["select $$a;'b$$; select 2", "select $$a;'b$$ | select 2"],
    ["select $x$a;$$;$x$; select 2", "select $x$a;$$;$x$ | select 2"],
    ["select $1; select a$$b", "select $1 | select a$$b"],
    ["-- a;b\nselect 1 -- c;d\n; select 2", "select 1 | select 2"],
    ["/* a; /* b; */ c; */ select 1 /* ; */ + 1", "select 1 /* ; */ + 1"],
    ["select 1 --", "select 1"],
    ["select 'open; select 2", "select 'open; select 2"],
    ["/* open; select 2", ""],
  ])("splits %j", (cell, expected) => {
    expect(split(cell)).toBe(expected);
  });

  it("says where each begins, and what its comments ask for", () => {
    const cell =
      "-- notemill: limit 5\nselect 1;\n\n-- why\n-- notemill: glue total\n-- notemill: print\nselect 2";
    expect(splitStatements(cell)).toEqual([
      { text: "select 1", start: 21, directives: { limit: 5 } },
      { text: "select 2", start: cell.length - 8, directives: { glue: "total", print: true } },
    ]);
  });

  it("loses no character of any text", () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      ";",
      "--",
      "/*",
      "*/",
      "$$",
      "$a$",
      "e'",
      "\\",
      "\n",
      "a",
      "é",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        let end = 0;
        for (const found of scanSql(text)) {
          expect(found.start).toBe(end);
          expect(found.end).toBeGreaterThan(found.start);
          end = found.end;
        }
        expect(end).toBe(text.length);
      }),
    );
  });
});
