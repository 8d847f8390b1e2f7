import { describe, expect, it } from "vitest";
import { describeFailure, readDuckdbError } from "./sql-failure.ts";

describe("readDuckdbError", () => {
  it.each([
    [
      '{"exception_type":"Binder","exception_message":"no x","position":"11"}',
      { ename: "Binder Error", evalue: "no x", position: 11 },
    ],
    [
      'Failed to extract statements: Parser Error: {"exception_type":"Parser","exception_message":"at \\"a\\""}',
      { ename: "Parser Error", evalue: 'at "a"' },
    ],
    [
      "Invalid Input Error: Values were not provided",
      { ename: "Invalid Input Error", evalue: "Values were not provided" },
    ],
    ["something {else}", { ename: "Error", evalue: "something {else}" }],
  ])("reads %j", (message, expected) => {
    expect(readDuckdbError(message)).toEqual(expected);
  });
});

describe("describeFailure", () => {
  it("counts the bytes of the statement, and the lines of the cell", () => {
    const cell = "select 1;\nselect 'é😀', nope";
    const statement = { text: "select 'é😀', nope", start: 10, directives: {} };
    const position = Buffer.byteLength("select 'é😀', ");
    const error = new Error(
      JSON.stringify({ exception_type: "Binder", exception_message: "m", position: `${position}` }),
    );
    expect(describeFailure(error, cell, statement).traceback).toEqual([
      "Binder Error: m",
      "",
      "LINE 2: select 'é😀', nope",
      `        ${" ".repeat("select 'é😀', ".length)}^`,
    ]);
  });
});
