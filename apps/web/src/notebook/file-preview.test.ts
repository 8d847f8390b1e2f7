import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { isPicture, previewOutput } from "./file-preview.ts";

it.each([
  ["README.md", "# a", "text/markdown", "# a"],
  ["a.HTML", "<b>", "text/html", "<b>"],
  ["a.svg", "<svg/>", "image/svg+xml", "<svg/>"],
  ["a.py", "x = 1\n", "text/markdown", "```python\nx = 1\n```"],
  // Nothing in the text ends the block.
  ["a.sql", "-- ````\n# b", "text/markdown", "`````sql\n-- ````\n# b\n`````"],
])("shows %s as what it is", (name, text, mimeType, data) => {
  expect(previewOutput(name, text)).toMatchObject({ data: { [mimeType]: data } });
});

it("keeps the numbers of JSON, and shows as text what is none", () => {
  expect(previewOutput("a.json", '{"a": 1.0}')).toMatchObject({
    data: { "application/json": new RawJson('{"a": 1.0}') },
  });
  for (const [name, text] of [
    ["a.json", "{"],
    ["a.txt", "# a"],
    ["constructor", ""],
    ["a.constructor", ""],
  ] as const)
    expect(previewOutput(name, text)).toBeNull();
});

it("knows pictures by their names", () => {
  expect(["a.PNG", "b.jpeg", "c.svg", "png"].map(isPicture)).toEqual([true, true, false, false]);
});
