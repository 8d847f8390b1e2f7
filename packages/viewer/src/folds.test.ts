import { expect, it } from "vitest";
import { createFolds } from "./folds.ts";

const CODE = { anchor: "cell-a", part: "source" } as const;

it("has a part as its author wants it, until a reader says otherwise", () => {
  const folds = createFolds();
  expect([folds.isFolded(CODE, false), folds.isFolded(CODE, true)]).toEqual([false, true]);
  folds.set(CODE, true);
  expect(folds.isFolded(CODE, false)).toBe(true);
  expect(folds.isFolded({ ...CODE, part: "outputs" }, false)).toBe(false);
  expect(folds.isFolded({ ...CODE, anchor: "cell-b" }, false)).toBe(false);
});

it("folds all of a kind, whatever was said of one, and one again afterwards", () => {
  const folds = createFolds();
  folds.set(CODE, false);
  folds.setAll("source", true);
  expect(folds.isFolded(CODE, false)).toBe(true);
  folds.set(CODE, false);
  expect(folds.isFolded(CODE, true)).toBe(false);
  folds.setAll("source", false);
  expect(folds.isFolded({ ...CODE, anchor: "cell-b" }, true)).toBe(false);
});

it("tells those who listen, until they do not", () => {
  const folds = createFolds();
  const heard: boolean[] = [];
  const end = folds.subscribe(() => heard.push(folds.isFolded(CODE, false)));
  folds.set(CODE, true);
  folds.setAll("source", false);
  end();
  folds.set(CODE, true);
  expect(heard).toEqual([true, false]);
});
