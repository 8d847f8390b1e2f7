import { describe, expect, it } from "vitest";
import { readDirectives } from "./read-directives.ts";

describe("readDirectives", () => {
  it.each([
    ["-- notemill: glue total", { glue: "total" }],
    ["--notemill:glue", { glue: "" }],
    ["-- notemill: glue mean of all\n", { glue: "mean of all" }],
    ["-- notemill: check has rows", { check: { name: "has rows", severity: "error" } }],
    ["-- notemill: check few gaps warning", { check: { name: "few gaps", severity: "warning" } }],
    ["-- notemill: limit 0", { limit: 0 }],
    ["-- notemill: print", { print: true }],
    ["-- notemill is good", {}],
    ["/* notemill: print */", {}],
  ])("reads %j", (comment, expected) => {
    expect(readDirectives([comment])).toEqual(expected);
  });

  it.each(["", "glu x", "limit", "limit -1", "limit many", "check", "print this"])("refuses %j", (text) => {
    expect(() => readDirectives([`-- notemill: ${text}`])).toThrow(
      expect.objectContaining({ code: "SQL_DIRECTIVE_INVALID" }),
    );
  });
});
