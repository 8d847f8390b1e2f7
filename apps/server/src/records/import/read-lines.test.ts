import { expect, it } from "vitest";
import { readLines } from "./read-lines.ts";

async function* partsOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

it.each([1, 2, 7, 1000])("finds the lines wherever the bytes are torn, here after %i", async (size) => {
  const lines: string[] = [];
  const bytes = partsOf("ä\n\ntoo long\nb\u2028c\nend", size);
  const onLeftOut = (): number => lines.push("left out");
  for await (const line of readLines(bytes, { mostBytes: 6, onLeftOut })) lines.push(line);
  expect(lines).toEqual(["ä", "left out", "b\u2028c", "end"]);
});
