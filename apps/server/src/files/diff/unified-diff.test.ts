import { describe, expect, it } from "vitest";
import { unifiedDiff } from "./unified-diff.ts";

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
