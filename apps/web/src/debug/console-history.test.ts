import { expect, it } from "vitest";
import { addToHistory, isAtEdge, lookInHistory, NO_HISTORY } from "./console-history.ts";

it("goes back through what was executed and comes back to the line that was being written", () => {
  let history = ["a", "b", "b"].reduce(addToHistory, NO_HISTORY);
  let shown = "half";
  const seen: (string | null)[] = [];
  for (const direction of ["back", "back", "back", "forth", "forth", "forth"] as const) {
    const found = lookInHistory(history, direction, shown);
    seen.push(found?.code ?? null);
    if (found !== null) ({ history, code: shown } = found);
  }
  expect(seen).toEqual(["b", "a", null, "b", "half", null]);
});

it.each([
  ["one line", "x", 1, "back", true],
  ["the first of two lines", "a\nb", 1, "back", true],
  ["the second of two lines", "a\nb", 2, "back", false],
  ["the first of two lines", "a\nb", 1, "forth", false],
  ["the end", "a\nb", 3, "forth", true],
] as const)("in %s of %j the arrow leaves the text: %s", (_where, text, cursor, direction, expected) => {
  expect(isAtEdge(text, cursor, direction)).toBe(expected);
});
