import { expect, it } from "vitest";
import { environmentText, kernelText } from "./what-ran.ts";

const PYTHON = {
  metadata: {
    kernelspec: { name: "python3", display_name: "Python 3" },
    language_info: { name: "python", version: "3.11.7" },
  },
};

it.each([
  [null, PYTHON, "python3 (python 3.11.7)"],
  ["other", PYTHON, "other (python 3.11.7)"],
  ["other", null, "other"],
  [null, { metadata: {} }, null],
])("names the kernel that was asked for as %j", (asked, notebook, text) => {
  expect(kernelText(asked, notebook)).toBe(text);
});

const HAD = { name: null, is_locked: false, digest: "d", package_count: 40, python: "3.11" };

it.each([
  [undefined, null, null],
  ["analysis", null, "analysis"],
  [undefined, HAD, "that of the kernel, 40 packages"],
  [
    "analysis",
    { ...HAD, name: "analysis", is_locked: true, package_count: 1 },
    "analysis, 1 package, locked",
  ],
])("tells of the environment that was asked for as %j", (asked, had, text) => {
  const attempts = [{ environment: had }] as never;
  expect(environmentText({ environment: asked, attempts })).toBe(text);
});
