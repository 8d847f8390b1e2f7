import { expect, it } from "vitest";
import { KernelHistory } from "./kernel-history.ts";

it.each([
  [{ hist_access_type: "tail", n: 2 }, "2 3"],
  [{ hist_access_type: "tail" }, "1 2 3"],
  [{ hist_access_type: "range", start: 2, stop: 3 }, "2"],
  [{ hist_access_type: "search", pattern: "select *" }, "1 3"],
  [{ hist_access_type: "search", pattern: "select ?" }, "1"],
  [{ hist_access_type: "search", pattern: "select (" }, ""],
])("finds %j", (query, expected) => {
  const history = new KernelHistory();
  for (const input of ["select 1", "show tables", "select 22"]) history.add(input);
  const lines = history.find(query).map((entry) => (Array.isArray(entry) ? String(entry[1]) : ""));
  expect(lines.join(" ")).toBe(expected);
});

it("gives outputs where asked to, which it has none of", () => {
  const history = new KernelHistory();
  history.add("select 1");
  expect(history.find({ output: true })).toEqual([[1, 1, ["select 1", null]]]);
});
