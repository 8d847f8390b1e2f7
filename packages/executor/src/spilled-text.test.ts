import { encodeJson, JsonNumber, type JsonValue, RawJson } from "@notemill/json";
import type { Output } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { spilledText } from "./spilled-text.ts";

const LONG = `"${"😀\n".repeat(1_000_000)}`;

const display = (data: Readonly<Record<string, string | RawJson>>): Output => ({
  output_type: "display_data",
  data,
  metadata: { a: { width: new JsonNumber("1.0"), none: {} } },
});

describe("spilledText", () => {
  it("of a stream is its text", () => {
    const pieces = [...spilledText({ output_type: "stream", name: "stdout", text: LONG })];
    expect(pieces.join("")).toBe(LONG);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });

  it.each<[string, Output]>([
    ["a display of text", display({ "text/plain": 'a"\n', "image/png": "" })],
    ["a long display", display({ "text/html": LONG })],
    [
      "JSON that nobody has read",
      display({ "application/json": new RawJson(`[1.0,${"2,".repeat(2_000_000)}3]`) }),
    ],
    ["an empty display", { output_type: "display_data", data: {}, metadata: {} }],
    ["an error", { output_type: "error", ename: "E", evalue: "v", traceback: ["a", LONG] }],
  ])("of %s is a line of JSON, in pieces", (_what, output) => {
    const pieces = [...spilledText(output)];
    expect(pieces.join("") === `${encodeJson(output as unknown as JsonValue)}\n`).toBe(true);
    if (output.output_type !== "error")
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(3 << 20);
  });
});
