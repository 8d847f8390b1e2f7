import { describe, expect, it } from "vitest";
import { joinedText, joinWrittenLines, oneLine, splitLines } from "./multiline-text.ts";

describe("splitLines", () => {
  it.each([
    ["", []],
    ["a", ["a"]],
    ["a\n", ["a\n"]],
    ["a\n\nb", ["a\n", "\n", "b"]],
    ["a\rb\r\nc\n\rd", ["a\r", "b\r\n", "c\n", "\r", "d"]],
    [
      "a\vb\fc\x1cd\x1de\x1ef\x85g\u2028h\u2029i",
      ["a\v", "b\f", "c\x1c", "d\x1d", "e\x1e", "f\x85", "g\u2028", "h\u2029", "i"],
    ],
    ["\x1f\t\u00a0\u2027", ["\x1f\t\u00a0\u2027"]],
  ])("splits %j as Python does", (text, lines) => {
    expect(splitLines(text)).toEqual(lines);
    expect(lines.join("")).toBe(text);
  });

  it("takes a line of any length", () => {
    const line = "x".repeat(5_000_000);
    expect(splitLines(`${line}\n${line}`)).toEqual([`${line}\n`, line]);
  });
});

describe("joinedText", () => {
  it.each([
    ["a", "a"],
    [["a\n", "b"], "a\nb"],
    [[], ""],
    [["a", 1], undefined],
    [1, undefined],
    [undefined, undefined],
  ])("joins %j to %j", (value, text) => {
    expect(joinedText(value)).toBe(text);
  });
});

describe("joinWrittenLines", () => {
  it.each([
    [["a\n", "b"], "a\nb"],
    [["a", "b"], "a\nb"],
    [["a\r", "b"], "a\rb"],
    [[], ""],
    [["a", "b\n", "c"], "a\nb\n\nc"],
  ])("joins %j as nbformat 3 does", (lines, text) => {
    expect(joinWrittenLines(lines)).toBe(text);
  });
});

describe("oneLine", () => {
  it.each([
    ["", ""],
    ["a\nb", "a b"],
    ["a\r\nb\u2028c\n", "a b c"],
  ])("puts %j into %j", (text, line) => {
    expect(oneLine(text)).toBe(line);
  });
});
