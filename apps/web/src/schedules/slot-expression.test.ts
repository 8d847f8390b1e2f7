import { RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { readSlotExpression, slotValues, writeSlotExpression } from "./slot-expression.ts";

describe("readSlotExpression", () => {
  it.each([
    ["${trigger.slot.date()}", { cel: "trigger.slot.date()" }],
    [" ${interval.end} ", { cel: "interval.end" }],
    ["2026-03-01", undefined],
    ["about ${x}", undefined],
    ["", undefined],
  ])("reads %j", (text, expected) => {
    expect(readSlotExpression(text)).toEqual(expected);
  });
});

describe("writeSlotExpression", () => {
  it("writes what readSlotExpression reads, and nothing else", () => {
    const expression = { cel: "trigger.slot.date()" };
    expect(readSlotExpression(writeSlotExpression(expression) ?? "")).toEqual(expression);
    for (const value of ["x", 1, null, { cel: 1 }, { cel: "x", y: 1 }, [{ cel: "x" }]])
      expect(writeSlotExpression(value)).toBeUndefined();
  });
});

it("shows what follows the slot, and nothing else", () => {
  const asked = new RawJson('{"day": {"cel": "trigger.slot.date()"}, "region": "north", "nested": {"a": 1}}');
  const resolved = new RawJson('{"day": "2026-03-01", "region": "north", "nested": {"a": 1}}');
  expect(slotValues(asked, resolved)).toEqual([["day", '"2026-03-01"']]);
  expect(slotValues(undefined, resolved)).toEqual([]);
});
