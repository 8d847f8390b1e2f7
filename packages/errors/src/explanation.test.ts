import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { explainedCodes, explanationOf } from "./explanation.ts";

const REFERENCE = `# Errors

## Of kernels

### KERNEL_DIED

The kernel ended by itself.
See [its log](../guides/logs.md) in \`log.txt\`.

### LAST_ONE

Nothing is below.
`;

it.each([
  ["KERNEL_DIED", "The kernel ended by itself.\nSee its log in `log.txt`."],
  ["LAST_ONE", "Nothing is below."],
  ["KERNEL", ""],
  ["Of kernels", ""],
])("says of %s what its section says", (code, text) => {
  expect(explanationOf(REFERENCE, code)).toBe(text);
});

it("finds something for every code of the reference", () => {
  const reference = readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8");
  const codes = explainedCodes(reference);
  expect(codes).toContain("CELL_FAILED");
  expect(codes.filter((code) => explanationOf(reference, code) === "")).toEqual([]);
});
