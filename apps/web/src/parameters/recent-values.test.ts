import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { recentTexts } from "./recent-values.ts";

const RUNS = ['{"n":3,"t":"b"}', "{}", '{"n":3}', '{"n":1,"t":"a"}', '{"n":2}', '{"n":4}', '{"n":5}'].map(
  (text) => ({ parameters: new RawJson(text) }),
);

it("offers what the last runs were given, each value once, and not what is there already", () => {
  expect(recentTexts(RUNS, { name: "n", kind: "integer", initial: "1" })).toEqual(["3", "2", "4"]);
  expect(recentTexts(RUNS, { name: "t", kind: "text", initial: "" })).toEqual(["b", "a"]);
  expect(recentTexts(RUNS, { name: "other", kind: "text", initial: "" })).toEqual([]);
});
