import { expect, it } from "vitest";
import { asTyped } from "./as-typed.ts";

it.each([
  [undefined, "start one with notemill serve", "start one with notemill serve"],
  ["./notemill", "start one with notemill serve", "start one with ./notemill serve"],
  [
    "./notemill",
    "notemill runs list and notemill COMMAND --help",
    "./notemill runs list and ./notemill COMMAND --help",
  ],
  ["../my clone/notemill", "see: notemill run --help", "see: '../my clone/notemill' run --help"],
  [
    "./notemill",
    "notemill is at /opt/notemill run; notemill: no",
    "notemill is at /opt/notemill run; notemill: no",
  ],
])("where %j was typed, %j is %j", (typedAs, text, expected) => {
  expect(asTyped(text, { typedAs })).toBe(expected);
});
