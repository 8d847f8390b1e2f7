import { expect, it } from "vitest";
import { isDeeperThan } from "./is-deeper-than.ts";

it.each<[string, string, boolean]>([
  ["a scalar", "1", false],
  ["as many levels", "[[[]]]", false],
  ["more levels", "[[[[]]]]", true],
  ["more levels of objects", '{"a":{"a":[{"a":1}]}}', true],
  ["many values beside each other", "[[],[],[],{},{}]", false],
  ["brackets in a text", '"[[[[{{"', false],
])("finds out of %s whether it has more than three levels", (_what, text, isDeeper) => {
  expect(isDeeperThan(text, 3)).toBe(isDeeper);
});
