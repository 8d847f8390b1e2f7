import { describe, expect, it } from "vitest";

import { showInferred } from "../../../test/show-declarations.ts";
import { inferParameters } from "../infer-parameters.ts";

describe("readScala", () => {
  it.each([
    ["val x = 1", "x | None | 1 | 1 |"],
    ["var x: Double = 1.5 // how steep", "x | Double | 1.5 | 1.5 | how steep"],
    ["final lazy val x = 3000000000L", "x | None | 3000000000L | 3000000000 |"],
    ["val x = 1d; val y = 2f // both", "x | None | 1d | 1.0 |\ny | None | 2f | 2.0 | both"],
    ["val x = 0xFF", "x | None | 0xFF | 255 |"],
    ["val x = -Double.MaxValue", "x | None | -Double.MaxValue | computed |"],
    ["val x = Double.NaN", "x | None | Double.NaN | NaN |"],
    ['val x = "a\\"b\\u00e9" /* text */', 'x | None | "a\\"b\\u00e9" | "a\\"bé" | text'],
    ['val x = """a\\b"c"""', 'x | None | """a\\b"c""" | "a\\\\b\\"c" |'],
    ['val x = s"$y"', 'x | None | s"$y" | computed |'],
    ["val x: Option[Int] = None", "x | Option[Int] | None | null |"],
    ["val x = Some(1)", "x | None | Some(1) | 1 |"],
    ['val x = Seq[Any](1, "b", List(true))', 'x | None | Seq[Any](1, "b", List(true)) | [1,"b",[true]] |'],
    ['val x = Map("a" -> 1, "b" -> Nil)', 'x | None | Map("a" -> 1, "b" -> Nil) | {"a":1,"b":[]} |'],
    ["val x = Map(1 -> 2)", "x | None | Map(1 -> 2) | computed |"],
    ["val x = Seq(\n  1, // one\n  2\n)", "x | None | Seq(1,2) | [1,2] |"],
    ["val x =\n  5", "x | None | 5 | 5 |"],
    ["val x = f(1)", "x | None | f(1) | computed |"],
  ])("reads %j", (source, expected) => {
    expect(showInferred("scala", source)).toBe(expected);
  });

  it.each([
    "def x = 1",
    "x = 1",
    "val (a, b) = (1, 2)",
    "import x.y",
    "{ val x = 1 }",
    "// val x = 1",
    "val x",
    "if (a) b",
  ])("leaves %j out", (source) => {
    expect(showInferred("scala", source)).toBe("");
  });

  it.each([
    ["Int", { type: "integer" }],
    ["java.lang.String", { type: "string" }],
    ["Option[Double]", { type: ["number", "null"] }],
    ["Seq[Seq[Int]]", { items: { items: { type: "integer" }, type: "array" }, type: "array" }],
    ["Map[String, Boolean]", { additionalProperties: { type: "boolean" }, type: "object" }],
    ["Map[String, Foo]", { type: "object" }],
    ["LocalDate", {}],
  ])("knows the type %s", (type, expected) => {
    const source = `val x: ${type} = f()`;
    const cell = { cell_type: "raw", id: "a", metadata: { tags: ["parameters"] }, source } as const;
    expect(inferParameters({ cells: [cell] }, { language: "scala" })[0]?.schema).toEqual({
      title: "x",
      ...expected,
    });
  });
});
