import { describe, expect, it } from "vitest";
import { shortened } from "./shortened.ts";

describe("shortened", () => {
  it("leaves what is short enough", () => {
    expect(shortened("x".repeat(100), 100)).toBe("x".repeat(100));
  });

  it("keeps begin and end, and says how much is missing", () => {
    expect(shortened(`ab${"x".repeat(10_000)}yz`, 4)).toBe("ab … 10,000 characters … yz");
  });

  it("does not leave half a character", () => {
    expect(shortened("😀".repeat(10), 5)).toBe("😀 … 16 characters … 😀");
    expect(shortened("😀".repeat(10), 6).isWellFormed()).toBe(true);
  });
});
