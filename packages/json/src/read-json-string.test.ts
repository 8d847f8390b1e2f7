import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { parseJson } from "./parse-json.ts";

// These try many inputs, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

describe("strings", () => {
  it("are what JSON.parse reads, one by one and in lists", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (strings) => {
        const text = JSON.stringify(strings);
        expect(parseJson(text)).toEqual(strings);
        expect(parseJson(`{"a":${text}}`, { keepRaw: () => true })).toMatchObject({ a: { text } });
        expect(parseJson(`[${text.slice(1, -1)},0]`)).toEqual([...strings, 0]);
      }),
    );
  });

  it("end at the first quote that no backslash escapes", () => {
    const backslashes = fc
      .array(fc.constantFrom("\\", '"', "a", "\n"), { maxLength: 30 })
      .map((it) => it.join(""));
    fc.assert(
      fc.property(backslashes, (string) => {
        expect(parseJson(`[${JSON.stringify(string)}]`)).toEqual([string]);
        expect(parseJson(JSON.stringify(string))).toBe(string);
      }),
    );
  });
});
