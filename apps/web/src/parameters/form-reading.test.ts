import { describe, expect, it } from "vitest";
import type { Field } from "./field.ts";
import { countRuns, type FormKind, readForm } from "./form-reading.ts";

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
  { ...FIELD, name: "limit", kind: "integer", initial: "3" },
];

function check(texts: Readonly<Record<string, string>>, kind: FormKind): object {
  const { values, expressions, axes, problems } = readForm(FIELDS, texts, kind);
  return [values, expressions, axes, problems].map((it) => Object.fromEntries(it));
}

describe("readForm", () => {
  const texts = { region: "north, south", day: "${trigger.slot.date()}", limit: "4" };

  it("has values that follow the slot in a schedule only", () => {
    expect(check(texts, { count: "run", when: "now" })).toEqual([
      { region: "north, south", day: "${trigger.slot.date()}", limit: 4 },
      {},
      {},
      {},
    ]);
    expect(check(texts, { count: "sweep", when: "schedule" })).toEqual([
      { limit: 4 },
      { day: { cel: "trigger.slot.date()" } },
      { region: ["north", "south"] },
      {},
    ]);
  });

  it("leaves a default alone that looks like an expression", () => {
    const initial = "${trigger.slot.date()}";
    const fields = [{ ...FIELD, name: "template", kind: "text", initial }] as const;
    const { values, expressions } = readForm(
      fields,
      { template: initial },
      { count: "run", when: "schedule" },
    );
    expect([values.size, expressions.size]).toEqual([0, 0]);
  });

  it("takes an expression for a number too, and says what is no number", () => {
    const kind = { count: "run", when: "schedule" } as const;
    const limit = { cel: "trigger.slot.getHours()" };
    expect(check({ limit: "${trigger.slot.getHours()}" }, kind)).toEqual([{}, { limit }, {}, {}]);
    expect(check({ limit: "few" }, kind)).toEqual([{}, {}, {}, { limit: "Give a whole number, as 12." }]);
  });
});

it("counts the runs of a sweep, or says why there is none", () => {
  const axes = new Map([
    ["a", [1, 2, 3]],
    ["b", [1, 2]],
  ]);
  expect(countRuns({ axes }, "product")).toBe(6);
  expect(countRuns({ axes }, "zip")).toBe("The lists are not equally long");
  expect(countRuns({ axes: new Map() }, "product")).toBe("Give one of them several values");
});
