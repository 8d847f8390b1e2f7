import { expect, it } from "vitest";
import { filePattern, isPattern } from "./file-pattern.ts";

it.each([
  ["data/*.csv", ["data/a.csv"], ["data/a/b.csv", "data/.csv", "a.csv"]],
  ["**/*.csv", ["a.csv", "data/a/b.csv"], ["a.txt"]],
  ["{a,b}/[xy]?.{csv,json}", ["a/x1.csv", "b/y2.json"], ["c/x1.csv", "a/z1.csv"]],
  ["part-{1..3}.txt", ["part-2.txt"], ["part-4.txt"]],
  ["*_*-*.csv", ["a_b-c.csv"], ["a-b_c.csv"]],
  ["a}b,c", ["a}b,c"], ["ab"]],
])("%s names these files, and not those", async (pattern, named, others) => {
  expect(isPattern(pattern)).toBe(true);
  const isNamed = filePattern(pattern);
  for (const path of named) expect([path, await isNamed(path)]).toEqual([path, true]);
  for (const path of others) expect([path, await isNamed(path)]).toEqual([path, false]);
});

it.each([
  ["braces beside each other", "{a,b}".repeat(40)],
  ["braces in each other", `${"{a,".repeat(300)}b${"}".repeat(300)}${"{a,b,c}".repeat(3)}`],
  ["a range", "{1..1000000000}"],
  ["a range of ranges", "{1..100}{1..100}"],
  ["a range in braces", "{x,{1..100000}}"],
  ["stars in a name", `${"*a".repeat(20)}b`],
  ["stars in braces", `${"{*a,*b}".repeat(4)}b`],
  ["directories of any depth", `${"**/a/".repeat(10)}b`],
  ["a group", "+(a|aa)+(a|aa)b"],
  ["a group that is none of", "!(*a)b"],
  ["length", "a".repeat(2000)],
])("a pattern that is too much work by %s is refused", (_what, pattern) => {
  expect(() => filePattern(pattern)).toThrow(expect.objectContaining({ code: "REQUEST_INVALID" }));
});
