import { expect, it } from "vitest";
import { diffLines } from "./diff-lines.ts";

const text = (...lines: readonly string[]): string => lines.join("\n");
const many = Array.from({ length: 20 }, (_, index) => `line ${index}`);

it.each<[string, string, string, readonly string[]]>([
  ["nothing of what is the same", text("a", "b"), text("a", "b"), []],
  ["a line that is another one now", text("a", "b", "c"), text("a", "x", "c"), [" a", "-b", "+x", " c"]],
  ["what was added at the end", "a", text("a", "b"), [" a", "+b"]],
  ["what is gone", text("a", "b"), "b", ["-a", " b"]],
  [
    "only the lines around",
    text(...many),
    text(...many.slice(0, 10), "new", ...many.slice(10)),
    ["…", " line 7", " line 8", " line 9", "+new", " line 10", " line 11", " line 12", "…"],
  ],
])("shows %s", (_what, before, now, expected) => {
  expect(diffLines(before, now)).toEqual(expected);
});
