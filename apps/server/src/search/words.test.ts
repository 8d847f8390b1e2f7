import { expect, it } from "vitest";
import { wordQuery, wordsOf, wordVector } from "./words.ts";

it.each([
  ["Sales_report-2024.ipynb", "sales report 2024 ipynb"],
  ["Über die Größe: naïve 日本語 'x' \\ & | ! <->", "über die größe naïve 日本語 x"],
  ["e\u0301te\u0301", "\u00e9t\u00e9"],
  ["", ""],
])("splits %j", (text, words) => {
  expect(wordsOf(text).join(" ")).toBe(words);
});

it("writes each word once, with the most that it counts", () => {
  expect(wordVector({ A: "Sales 2024", B: "ada", C: "sales of ada & co" })).toBe(
    "'sales':1A '2024':2A 'ada':3B 'of':4C 'co':5C",
  );
  const many = Array.from({ length: 20_000 }, (_, index) => `w${index}`).join(" ");
  expect(wordVector({ A: "", B: "", C: many }).split(" ")).toHaveLength(5000);
});

it.each([
  ["sal rep", "'sal':* & 'rep':*"],
  ["it's | !a:* & 'x", "'it':* & 's':* & 'a':* & 'x':*"],
  ["a a", "'a':*"],
  [" -- ", null],
])("asks for %j", (text, query) => {
  expect(wordQuery(text)).toBe(query);
});
