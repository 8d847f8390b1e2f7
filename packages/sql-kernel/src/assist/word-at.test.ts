import { expect, it } from "vitest";
import { wordAt } from "./word-at.ts";

it.each([
  ["SELECT cou|", { name: "cou", start: 7, end: 10, qualifier: undefined, isVariable: false }],
  ["SELECT t.na|me", { name: "na", start: 9, end: 11, qualifier: "t" }],
  ['SELECT "my t".|', { name: "", start: 14, end: 14, qualifier: "my t" }],
  ["SELECT '😀', é|", { name: "é", start: 12, end: 13 }],
  ["SELECT getvariable('ye|", { name: "ye", isVariable: true }],
  ["|", { name: "", start: 0, end: 0 }],
])("finds the word of %s", (marked, expected) => {
  const code = marked.replace("|", "");
  const cursor = [...marked].indexOf("|");
  expect(wordAt(code, cursor)).toMatchObject(expected);
});
