import { expect, it } from "vitest";
import { sentence } from "./sentence.ts";

it.each([
  ["there is no such file", "There is no such file."],
  ['found "notebok"; did you mean notebook?', 'Found "notebok"; did you mean notebook?'],
  ["Done.", "Done."],
  ["", "."],
])("makes a sentence of %j", (message, text) => {
  expect(sentence(message)).toBe(text);
});
