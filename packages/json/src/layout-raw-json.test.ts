import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { jsonValue } from "../test/arbitrary-json.ts";
import { encodeJson } from "./encode-json.ts";
import { parseJson } from "./parse-json.ts";
import { RawJson } from "./raw-json.ts";

// These try many inputs, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const indent = fc.constantFrom<number | string>(0, 1, 2, "\t");

describe("encodeJson of raw text", () => {
  it("writes what it would write of the value", () => {
    fc.assert(
      fc.property(
        jsonValue,
        indent,
        fc.boolean(),
        indent,
        fc.boolean(),
        (value, was, wasAscii, is, isAscii) => {
          const raw = new RawJson(encodeJson(value, { indent: was, escapeNonAscii: wasAscii }));
          const options = { indent: is, escapeNonAscii: isAscii, sortKeys: true, depth: 2 };
          expect(encodeJson(raw, options)).toBe(encodeJson(value, options));
        },
      ),
    );
  });

  it.each([
    ["repeated keys, the last value winning", '{"b":1,"a":2,"b":{"d":3,"c":4}}', '{"a":2,"b":{"c":4,"d":3}}'],
    ["keys that repeat in order", '{"a":1,"a":2}', '{"a":2}'],
    ["keys that are escaped", '{"\\u0062":1,"a":2}', '{"a":2,"b":1}'],
    ["escapes that Python would not write", '["\\/","\\u0041\\u00e9","a"]', '["/","Aé","a"]'],
    ["numbers as they stand", "[1.50, 1E5, -0, NaN]", "[1.50,1E5,-0,NaN]"],
    ["white space everywhere", ' [ 1 ,\n{ "a" : [ ] , "b":{ } }\t] ', '[1,{"a":[],"b":{}}]'],
    ["a scalar", " true ", "true"],
  ])("takes %s", (_what, text, sorted) => {
    expect(encodeJson(new RawJson(text), { sortKeys: true })).toBe(sorted);
  });

  it("keeps the order of keys unless it is told to sort", () => {
    expect(encodeJson(new RawJson('{"b":1,"1":{"d":[],"c":2}}'), { indent: 1 })).toBe(
      '{\n "b": 1,\n "1": {\n  "d": [],\n  "c": 2\n }\n}',
    );
  });

  it("is linear where objects are unsorted at every depth", () => {
    const text = `${'{"b":1,"a":'.repeat(900)}[${"1,".repeat(100_000)}1]${"}".repeat(900)}`;
    const encoded = encodeJson(new RawJson(text), { sortKeys: true });
    expect(encoded).toBe(encodeJson(parseJson(text, { maxDepth: 1000 }), { sortKeys: true }));
  });

  it.each(["[1,", '{"a"', '{"a":1', '"', "[tru]", '{"b":1,"a":x}'])("throws a coded error for %s", (text) => {
    const code = expect.objectContaining({ code: "JSON_INVALID" });
    expect(() => encodeJson(new RawJson(text), { indent: 1, sortKeys: true })).toThrow(code);
    expect(() => encodeJson(new RawJson(text), { indent: 1 })).toThrow(code);
  });

  it("throws a coded error for text that is too deep", () => {
    const raw = new RawJson("[".repeat(2000) + "]".repeat(2000));
    expect(() => encodeJson(raw, { indent: 1 })).toThrow(expect.objectContaining({ code: "JSON_TOO_DEEP" }));
  });
});
