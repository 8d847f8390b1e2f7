import { encodeJson, RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import type { Field } from "./field.ts";
import { FIRST_START, givenTexts, withUntouched } from "./form-start.ts";
import { readForm } from "./form-reading.ts";

const FIELD = {
  help: "",
  typeName: "",
  isRequired: false,
  isNullable: false,
  choices: [],
  computedDefault: null,
};
const FIELDS: readonly Field[] = [
  { ...FIELD, name: "region", kind: "text", initial: "north" },
  { ...FIELD, name: "day", kind: "text", initial: "" },
  { ...FIELD, name: "rate", kind: "number", initial: "1.5" },
  { ...FIELD, name: "checks", kind: "json", initial: "[]" },
];

const PARAMETERS =
  '{"region": "north", "day": {"cel": "trigger.slot.date()"}, "rate": 2.0, "big": 12345678901234567890}';

/** The values of a form of a schedule as they are saved. */
function saved(parameters: string, changes: Readonly<Record<string, string>>): string {
  const start = { ...FIRST_START, ...givenTexts(FIELDS, new RawJson(parameters), null) };
  const texts = { ...start.texts, ...changes };
  const { values, expressions } = readForm(FIELDS, texts, { count: "run", when: "schedule" });
  const isTouched = (name: string): boolean => texts[name] !== start.texts[name];
  return encodeJson(Object.fromEntries(withUntouched(start.values, [...values, ...expressions], isTouched)));
}

describe("a form of a schedule that there is", () => {
  it("shows its values as they are written, and its lists with commas", () => {
    const grid = new RawJson('{"rate": [1, 2.5], "region": ["north", "south"]}');
    expect(givenTexts(FIELDS, new RawJson(PARAMETERS), grid).texts).toEqual({
      region: "north, south",
      day: "${trigger.slot.date()}",
      rate: "1, 2.5",
    });
  });

  it("keeps what nobody has touched to the letter, what is like a default and unknown names too", () => {
    expect(saved(PARAMETERS, {})).toBe(
      '{"region":"north","day":{"cel":"trigger.slot.date()"},"rate":2.0,"big":12345678901234567890}',
    );
  });

  it("takes what is changed, and lets go of what is made the default again", () => {
    expect(saved(PARAMETERS, { day: "2026-01-01", rate: "1.5", checks: "[1]" })).toBe(
      '{"region":"north","big":12345678901234567890,"day":"2026-01-01","checks":[1]}',
    );
  });
});
