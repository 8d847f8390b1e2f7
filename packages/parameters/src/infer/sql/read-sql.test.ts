import { describe, expect, it } from "vitest";

import { showInferred } from "../../../test/show-declarations.ts";

describe("readSql", () => {
  it.each([
    ["SET x = 5;", "x | None | 5 | 5 |"],
    ["set variable x = 'it''s'; -- whose", "x | None | 'it''s' | \"it's\" | whose"],
    ["SET SESSION x TO -1.5", "x | None | -1.5 | -1.5 |"],
    ["DECLARE @x INT = 5; -- how many", "x | INT | 5 | 5 | how many"],
    ["DECLARE OR REPLACE VARIABLE x DECIMAL(10, 2) DEFAULT 0.5", "x | DECIMAL(10, 2) | 0.5 | 0.5 |"],
    ["SET x = NULL; SET y = TRUE;", "x | None | NULL | null |\ny | None | TRUE | true |"],
    ["SET x = [1, 'a', ARRAY[2]];", "x | None | [1, 'a', ARRAY[2]] | [1,\"a\",[2]] |"],
    ["SET x = now();", "x | None | now() | computed |"],
    ["SET x = DATE '2026-01-01';", "x | None | DATE '2026-01-01' | computed |"],
    ['SET x = "column";', 'x | None | "column" | computed |'],
    ["-- day: DATE = '2026-01-01' -- which day", "day | DATE | '2026-01-01' | \"2026-01-01\" | which day"],
    ["-- top: int = 10\nSELECT 1;\nSET y = 2;", "top | int | 10 | 10 |\ny | None | 2 | 2 |"],
    ["SET x =\n  5;", "x | None | 5 | 5 |"],
  ])("reads %j", (source, expected) => {
    expect(showInferred("sql", source)).toBe(expected);
  });

  it.each([
    "SELECT x = 5;",
    "-- note: nothing",
    "UPDATE t SET x = 5;",
    "SET x;",
    "DECLARE x INT;",
    "-- SET x = 1",
  ])("leaves %j out", (source) => {
    expect(showInferred("sql", source)).toBe("");
  });
});
