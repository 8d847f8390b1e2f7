import { encodeJson } from "@notemill/json";
import { inferParameters } from "@notemill/parameters";
import { describe, expect, it } from "vitest";
import { type Field, fieldOf, readField } from "./field.ts";

/** The fields that a parameters cell leads to. */
function fieldsOf(source: string): Field[] {
  const metadata = { tags: ["parameters"] };
  const cell = { cell_type: "code", id: "a", metadata, source, execution_count: null, outputs: [] } as const;
  return inferParameters({ cells: [cell] }, { language: "python" }).map(fieldOf);
}

function fieldFor(source: string): Field {
  const [field] = fieldsOf(source);
  if (field === undefined) throw new Error(`no parameter in ${source}`);
  return field;
}

function reading(source: string, text: string): string {
  const read = readField(fieldFor(source), text);
  if (read.kind === "value") return encodeJson(read.value);
  return read.kind === "default" ? "default" : `problem: ${read.message}`;
}

describe("fieldOf", () => {
  it.each([
    ["year = 2015", "integer", "2015"],
    ["alpha = 0.60", "number", "0.6"],
    ["alpha: float = 1", "number", "1"],
    ["name = 'Ada'", "text", "Ada"],
    ["is_new = True", "boolean", "true"],
    ["names = ['a', 'b']", "json", '["a","b"]'],
    ["options = {'a': 1}", "json", '{"a":1}'],
    ["nothing = None", "json", "null"],
    ["today = date.today()", "text", ""],
    ["note: Optional[str] = None", "text", ""],
    ["note: str | None = 'x'", "text", "x"],
    ["most: Optional[int] = 3", "integer", "3"],
    ["is_new: Optional[bool] = None", "choice", "null"],
    ["names: Optional[list] = None", "json", "null"],
    ["big = 12345678901234567890", "integer", "12345678901234567890"],
  ])("shows %s as %s with %s in it", (source, kind, initial) => {
    expect(fieldFor(source)).toMatchObject({ kind, initial });
  });

  it("says what the notebook says about it", () => {
    expect(fieldsOf("year: int = 2015  # first year\nday: str")).toMatchObject([
      { name: "year", typeName: "int", help: "first year", isRequired: false },
      { name: "day", typeName: "str", isRequired: true },
    ]);
  });
});

describe("readField", () => {
  it.each([
    ["year = 2015", "2015", "default"],
    ["year = 2015", "2016", "2016"],
    ["year = 2015", " 2016 ", "2016"],
    ["year = 2015", "12345678901234567890", "12345678901234567890"],
    ["year = 2015", "2016.5", "problem: Give a whole number, as 12."],
    ["year = 2015", "", "problem: Give a value for year."],
    ["alpha = 0.60", "0.70", "0.7"],
    ["alpha = 0.60", "1", "1.0"],
    ["alpha = 0.60", "1e-3", "0.001"],
    ["alpha = 0.60", "many", "problem: Give a number, as 0.5."],
    ["name = 'Ada'", "", '""'],
    ["name = 'Ada'", "2015", '"2015"'],
    ["is_new = True", "false", "false"],
    ["names = ['a']", '["b", 1.0]', '["b",1.0]'],
    ["today = date.today()", "", "default"],
    ["day: str", "", "problem: Give a value for day."],
    ["day: str", "Monday", '"Monday"'],
    ["note: Optional[str] = None", "", "default"],
    ["note: Optional[str] = None", "as it is", '"as it is"'],
    ["note: Optional[str] = 'x'", "", "null"],
    ["most: Optional[int] = 3", "", "null"],
    ["most: Optional[int] = 3", "many", "problem: Give a whole number, as 12."],
    ["is_new: Optional[bool] = None", "true", "true"],
  ])("reads %s, filled in with %j, as %s", (source, text, expected) => {
    expect(reading(source, text)).toBe(expected);
  });

  it("says what is wrong with JSON", () => {
    expect(reading("names = ['a']", "[")).toMatch(/^problem: This is no JSON: /);
  });
});
