import { describe, expect, it } from "vitest";
import { showInferred } from "../../test/show-declarations.ts";

describe("inferParameters", () => {
  it.each([
    ["python", 'f"{'],
    ["python", "a = "],
    ["python", "(["],
    ["python", "'a' "],
    ["python", "x: a["],
    ["python", '"\\'],
    ["r", "c("],
    ["r", "x <- r'--("],
    ["scala", "Seq["],
    ["scala", 'abc"'],
    ["typescript", "`${"],
    ["typescript", "let a = 1,"],
    ["typescript", "let a: (("],
    ["typescript", "/*"],
    ["bash", "x=${a\n"],
    ["bash", "x=(a\n"],
    ["bash", "x=$((a"],
    ["bash", 'x="a'],
    ["sql", "-- a: b =  "],
    ["sql", "SET x = ["],
  ])("comes through %s of %j again and again", (language, piece) => {
    const source = piece.repeat(Math.floor(199_000 / piece.length));
    expect(showInferred(language, `x = ${source}`)).toBeTypeOf("string");
    expect(showInferred(language, source)).toBeTypeOf("string");
    expect(showInferred(language, `-- a: b = '${" ".repeat(150_000)}x`)).toBeTypeOf("string");
  });
});
