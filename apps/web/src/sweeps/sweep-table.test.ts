import type { SweepChild } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { shownNumber, sortRows, sweepMatrix, sweepTable } from "./sweep-table.ts";

function child(index: number, parameters: string, metrics: string | null = null): SweepChild {
  return {
    index,
    run_id: null,
    status: metrics === null ? "queued" : "succeeded",
    is_kept: false,
    parameters: new RawJson(parameters),
    metrics: metrics === null ? null : new RawJson(metrics),
    seconds: null,
    failure: null,
  };
}

const CHILDREN = [
  child(0, '{"a":1,"b":"x","c":0.50}', '{"error":0.5}'),
  child(1, '{"a":1,"b":"y","c":0.50}', '{"error":10}'),
  child(2, '{"a":10,"b":"x","c":0.50}', '{"error":2}'),
  child(3, '{"a":2,"b":"y","c":0.50}'),
];

describe("sweepTable", () => {
  it("knows which parameters differ, and keeps numbers as they were written", () => {
    const { rows, varied, metrics } = sweepTable(CHILDREN);
    expect(varied).toEqual(["a", "b"]);
    expect(metrics).toEqual(["error"]);
    expect(rows[0]?.parameters.get("c")).toBe("0.50");
    expect(rows[1]?.metrics.get("error")).toBe(10);
  });

  it("is a matrix of two parameters, with holes where no run is", () => {
    const { rows } = sweepTable(CHILDREN);
    const { columns, rows: lines } = sweepMatrix(rows, { down: "a", across: "b" });
    expect(columns).toEqual(["x", "y"]);
    expect(lines.map(({ value, cells }) => [value, cells.map((it) => it.map(({ index }) => index))])).toEqual(
      [
        ["1", [[0], [1]]],
        ["10", [[2], []]],
        ["2", [[], [3]]],
      ],
    );
  });

  it.each([
    ["p:a", "up", [0, 1, 3, 2]],
    ["p:a", "down", [2, 3, 0, 1]],
    ["m:error", "up", [0, 2, 1, 3]],
    ["m:error", "down", [1, 2, 0, 3]],
    ["p:b", "up", [0, 2, 1, 3]],
  ] as const)("is sorted by %s %s", (by, direction, expected) => {
    const { rows } = sweepTable(CHILDREN);
    expect(sortRows(rows, { by, direction }).map(({ index }) => index)).toEqual(expected);
  });
});

it.each([
  [12345, "12,345"],
  [0.1 + 0.2, "0.3"],
  [1.23456789e-7, "1.2346e-7"],
  [Number.NaN, "NaN"],
])("shows %s as %s", (value, expected) => {
  expect(shownNumber(value)).toBe(expected);
});
