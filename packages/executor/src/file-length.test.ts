import { encodeJson, RawJson } from "@notemill/json";
import { encodeCell, type Output } from "@notemill/nbformat";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileLength } from "./file-length.ts";

const display = (mimeType: string, data: string | RawJson): Output => ({
  output_type: "display_data",
  data: { [mimeType]: data },
  metadata: {},
});
const stream = (text: string): Output => ({ output_type: "stream", name: "stdout", text });

/** Bytes that the output takes in a file, its frame included. */
function bytesInFile(output: Output): number {
  const cell = { id: "c", metadata: {}, source: "", execution_count: null, cell_type: "code" } as const;
  const length = (outputs: readonly Output[]): number => Buffer.byteLength(encodeCell({ ...cell, outputs }));
  return length([output]) - length([]);
}

describe("fileLength", () => {
  it.each<[string, Output]>([
    ["plain text", stream("x".repeat(100_000))],
    ["text of empty lines", stream("\n".repeat(100_000))],
    ["text in colours", stream("\u001b[31mx".repeat(20_000))],
    ["text in Chinese", stream("好".repeat(50_000))],
    ["an image", display("image/png", "A".repeat(100_000))],
    ["a page of short lines", display("text/html", "a\n".repeat(50_000))],
    ["flat JSON", display("application/json", new RawJson(`[${"1,".repeat(50_000)}1]`))],
    [
      "deep JSON",
      display("application/json", new RawJson(`${"[".repeat(400)}${"1,".repeat(5000)}1${"]".repeat(400)}`)),
    ],
    [
      "JSON of text with brackets",
      display("application/json", new RawJson(`["${'[[\\"{{\\\\'.repeat(20_000)}"]`)),
    ],
    [
      "an error",
      { output_type: "error", ename: "E", evalue: "v".repeat(1000), traceback: Array(1000).fill("line\n") },
    ],
  ])("of %s is close to what the file gets", (_what, output) => {
    const bytes = bytesInFile(output);
    expect(fileLength(output)).toBeGreaterThan(bytes * 0.7);
    expect(fileLength(output)).toBeLessThan(bytes * 2);
  });

  it("is never much less", () => {
    const output = fc.oneof(
      fc.string({ unit: "binary" }).map(stream),
      fc.string({ unit: "binary" }).map((text) => display("text/html", text)),
      fc.jsonValue().map((value) => display("application/json", new RawJson(encodeJson(value as never)))),
    );
    fc.assert(
      fc.property(output, (it) => {
        expect(fileLength(it) + 200).toBeGreaterThan(bytesInFile(it) * 0.7);
      }),
    );
  });
});
