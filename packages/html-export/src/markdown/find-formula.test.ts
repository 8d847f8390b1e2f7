import { describe, expect, it } from "vitest";
import { findFormula } from "./find-formula.ts";

/** The formula that begins at the mark `^`, its display, and what follows it. */
function find(text: string): string {
  const start = text.indexOf("^");
  const plain = text.replace("^", "");
  const formula = findFormula(plain, start);
  return formula ? `${formula.display} ${formula.tex} | ${plain.slice(formula.end)}` : "none";
}

describe("findFormula", () => {
  it.each([
    ["^$x$ y", "inline x |  y"],
    ["^$ x $ y", "inline x |  y"],
    ["^$x_1 + \\$5$.", "inline x_1 + \\$5 | ."],
    ["^$x\\\\$ y", "inline x\\\\ |  y"],
    ["^$$x$$ y", "block x |  y"],
    ["^$$\na\n= b\n$$", "block a\n= b | "],
    ["^\\\\(x\\\\) y", "inline x |  y"],
    ["^\\\\[x\\\\] y", "block x |  y"],
    ["^\\begin{align*}a\\end{align*} y", "block \\begin{align*}a\\end{align*} |  y"],
  ])("reads %j", (text, expected) => {
    expect(find(text)).toBe(expected);
  });

  it.each([
    "^$5 and $10",
    "^$5, ^$6",
    "costs ^$5 or 6 $ more",
    "^$$ $$",
    "^$ $",
    "^$x",
    "^$$x$",
    "^\\begin{a}\\end{b}",
    "^\\begin{script>}x\\end{script>}",
    "^\\(x\\)",
    "^$10, `$x$`",
  ])("reads nothing in %j", (text) => {
    expect(find(text)).toBe("none");
  });

  it("gives up on thousands of dollars soon", () => {
    const text = "$1 ".repeat(20_000);
    let found = 0;
    for (let at = 0; at < text.length; at += 3) if (findFormula(text, at)) found += 1;
    expect(found).toBe(0);
  });
});
