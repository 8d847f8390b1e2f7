import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineEdits } from "./line-edits.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });

describe("lineEdits", () => {
  it("lead from one text to the other, and as short as a search through all ways finds", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const edits = lineEdits(before, after);
        const of = (without: string): string[] =>
          edits.filter(({ kind }) => kind !== without).map(({ line }) => line);
        expect(of("added")).toEqual(before);
        expect(of("removed")).toEqual(after);
        const common = edits.filter(({ kind }) => kind === "same").length;
        expect(common).toBe(longestCommon(before, after));
      }),
    );
  });
});

/** Length of the longest common subsequence, by the textbook's table. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const item of a) {
    const next: number[] = [];
    for (const [at, other] of b.entries())
      next.push(item === other ? (row[at - 1] ?? 0) + 1 : Math.max(row[at] ?? 0, next[at - 1] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}
