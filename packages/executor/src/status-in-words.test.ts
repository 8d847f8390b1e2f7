import { expect, it } from "vitest";
import { statusInWords } from "./status-in-words.ts";

it.each([
  ["succeeded", "the run succeeded"],
  ["cancelled", "the run was cancelled"],
  ["timed_out", "the run timed out"],
  ["lost", "the run was lost"],
  ["constructor", 'the run ended as "constructor"'],
])("says %j as a sentence", (status, sentence) => {
  expect(`the run ${statusInWords(status)}`).toBe(sentence);
});
