import { describe, expect, it } from "vitest";
import { markPosition } from "./mark-position.ts";

describe("markPosition", () => {
  it.each([
    ["select nope", 7, "LINE 1: select nope\n               ^"],
    ["select 1,\n\tnope\nfrom t", 11, "LINE 2: \tnope\n        \t^"],
    ["select", 6, "LINE 1: select\n              ^"],
    ["select", 99, "LINE 1: select\n              ^"],
  ])("marks %j at %i", (text, position, expected) => {
    expect(markPosition(text, position).join("\n").trimStart()).toBe(expected.trimStart());
  });

  it("shows a part of a long line", () => {
    const text = `${"a".repeat(1_000)}!${"b".repeat(1_000)}`;
    const [, line = "", mark = ""] = markPosition(text, 1_000);
    expect(line).toBe(`LINE 1: …${"a".repeat(60)}!${"b".repeat(59)}…`);
    expect(line.at(mark.indexOf("^"))).toBe("!");
  });
});
