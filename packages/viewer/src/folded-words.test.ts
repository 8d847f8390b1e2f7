import type { Output } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { foldedOutputs, foldedText } from "./folded-words.ts";

it.each([
  ["a = 1", "a = 1"],
  ["a = 1\n", "a = 1"],
  ["\n  # first\nb\nc\n\n", "# first … 4 lines"],
  ["", ""],
  ["a".repeat(130), `${"a".repeat(120)} …`],
])("says of the text %j that it is %j", (text, words) => {
  expect(foldedText(text)).toBe(words);
});

it("says what outputs are: what was printed, and the kinds of the others", () => {
  const shown = (data: Record<string, string>): Output => ({
    output_type: "display_data",
    metadata: {},
    data,
  });
  expect(
    foldedOutputs([
      { output_type: "stream", name: "stdout", text: "\u001B[31mone\u001B[0m\ntwo\n" },
      shown({ "image/png": "AA==", "text/plain": "<Figure>" }),
      shown({ "image/png": "AA==" }),
      shown({ "text/html": "<table></table>", "text/plain": "df" }),
      shown({ "text/plain": "42" }),
      { output_type: "error", ename: "ValueError", evalue: "bad", traceback: [] },
    ]),
  ).toBe("one … 2 lines · picture (2) · table · 42 · ValueError: bad");
});
