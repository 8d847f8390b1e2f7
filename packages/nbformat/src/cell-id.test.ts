import { describe, expect, it } from "vitest";
import { isCellId, readCellId } from "./cell-id.ts";
import type { IdSource } from "./cell-id.ts";

function idSource(...ids: string[]): IdSource {
  return { newId: () => ids.shift() ?? "same", usedIds: new Set(), newIds: new Set() };
}

describe("isCellId", () => {
  it.each([
    ["a", true],
    ["A-z_0", true],
    ["x".repeat(64), true],
    ["x".repeat(65), false],
    ["", false],
    ["a b", false],
    ["é", false],
    ["a\n", false],
    [7, false],
    [undefined, false],
  ])("says of %j: %s", (value, expected) => {
    expect(isCellId(value)).toBe(expected);
  });
});

describe("readCellId", () => {
  it("keeps a usable id and draws one for any other", () => {
    const ids = idSource("n1", "n2", "n3");
    expect(["a", "b", "a", undefined, "not ok"].map((id) => readCellId(id, ids))).toEqual([
      "a",
      "b",
      "n1",
      "n2",
      "n3",
    ]);
    expect([...ids.newIds]).toEqual(["n1", "n2", "n3"]);
  });

  it("never gives an id twice, whatever it is fed with", () => {
    const ids = idSource("a", "a", "b");
    const drawn = Array.from({ length: 50 }, () => readCellId(undefined, ids));
    expect(new Set(drawn).size).toBe(50);
    expect(drawn.every(isCellId)).toBe(true);
  });
});
