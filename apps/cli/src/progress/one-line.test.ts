import { describe, expect, it } from "vitest";
import { oneLine } from "./one-line.ts";

describe("oneLine", () => {
  it.each([
    [
      "leaves a message as it is",
      'no kernelspec is named "ä"; installed: ir',
      'no kernelspec is named "ä"; installed: ir',
    ],
    ["joins lines", "a\r\nb\n\n\tc\u2028d", "a b c d"],
    ["drops escape sequences", "a\u001b[31mred\u001b[0m\u0007", "ared "],
  ])("%s", (_does, message, expected) => {
    expect(oneLine(message)).toBe(expected);
  });

  it("keeps begin and end of what is long", () => {
    const line = oneLine(`begin${"x".repeat(10_000_000)}end`);
    expect(line).toMatch(/^beginx+ … [\d,]+ characters … x+end$/);
    expect(line.length).toBeLessThan(2100);
  });
});
