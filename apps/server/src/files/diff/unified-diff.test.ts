import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineEdits } from "./line-edits.ts";
import { unifiedDiff } from "./unified-diff.ts";

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

describe("unifiedDiff", () => {
  const diff = (before: string, after: string): string =>
    unifiedDiff({ name: "1", text: before }, { name: "2", text: after });
  const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `${at + 1}\n`);

  it.each([
    ["nothing", "a\n", "a\n", ""],
    ["a first line", "", "a\n", "@@ -0,0 +1,1 @@\n+a\n"],
    ["a last line", "a\nb\n", "a\n", "@@ -1,2 +1,1 @@\n a\n-b\n"],
    ["a missing line break", "a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"],
  ])("shows %s", (_what, before, after, expected) => {
    expect(diff(before, after).replace("--- 1\n+++ 2\n", "")).toBe(expected);
  });

  it("shows three lines around a change, and joins changes that are near", () => {
    const before = numbered(30);
    const after = before.with(9, "x\n").with(14, "y\n").with(27, "z\n");
    const shown = diff(before.join(""), after.join(""));
    expect(shown.match(/^@@.*@@$/gm)).toEqual(["@@ -7,12 +7,12 @@", "@@ -25,6 +25,6 @@"]);
  });
});
