import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const sources = globSync("{packages,apps}/*/{src,testing}/**/*.{ts,tsx}").filter(
  (path) => !path.endsWith(".test.ts"),
);

it.each(sources.sort())("every export of %s says what it is for", (path) => {
  const lines = readFileSync(path, "utf8").split("\n");
  const bare = lines.flatMap((line, index) => {
    const name =
      /^export (?:declare |abstract |async )*(?:function\*?|const|class|interface|type) (\w+)/.exec(
        line,
      )?.[1];
    if (name === undefined || (lines[index - 1] ?? "").trim().endsWith("*/")) return [];
    // A function with overloads has its comment at the first of them.
    const isOverload = lines.slice(0, index).some((it) => it.startsWith(`export function ${name}(`));
    return isOverload ? [] : [name];
  });
  expect(bare).toEqual([]);
});
