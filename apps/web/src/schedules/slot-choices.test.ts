import { expect, it } from "vitest";
import { evaluateExpression } from "../../../../packages/expressions/src/index.ts";
import { type SlotChoice, slotChoices } from "./slot-choices.ts";
import { readSlotExpression } from "./slot-expression.ts";
import { firstSpec } from "./spec-draft.ts";

const SCOPE = {
  trigger: { slot: Date.UTC(2026, 2, 31, 23, 30), body: { path: "/shared/in.csv", run_id: "r1" } },
};

/** What choices come to, by what they are called. */
function values(choices: readonly SlotChoice[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    choices.map(([label, text]) => [
      label,
      evaluateExpression(String(readSlotExpression(text)?.["cel"]), SCOPE),
    ]),
  );
}

it("offers what a slot has, on the clock of the schedule", () => {
  const london = { ...firstSpec(), zone: "Europe/London" };
  expect(values(slotChoices("text", london))).toEqual({
    "its day": "2026-04-01",
    "the day before": "2026-03-31",
    "its month, as 2026-03": "2026-04",
    "its instant": "2026-03-31T23:30:00Z",
  });
  expect(values(slotChoices("integer", london))).toEqual({
    "its year": 2026,
    "its month, from 1": 4,
    "its day of the month": 1,
    "its hour": 0,
  });
  expect(values(slotChoices("integer", { ...london, zone: "UTC" }))).toMatchObject({ "its hour": 23 });
  expect(Object.keys(values(slotChoices("number", london)))).toEqual(
    Object.keys(values(slotChoices("integer", london))),
  );
  expect(slotChoices("boolean", london)).toEqual([]);
});

it("offers what an event says", () => {
  const at = { ...firstSpec(), zone: "Europe/London" };
  expect(values(slotChoices("text", { ...at, kind: "file" }))).toMatchObject({
    "its day": "2026-03-31",
    "the file": "/shared/in.csv",
  });
  expect(values(slotChoices("text", { ...at, kind: "after" }))).toMatchObject({ "the run before it": "r1" });
});
