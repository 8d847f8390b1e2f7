import { encodeJson, JsonError, parseJson, pythonFloatRepr } from "@notemill/json";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonValue } from "./arbitrary-json.ts";
import { startPython } from "./python-process.ts";
import type { PythonProcess } from "./python-process.ts";

let python: PythonProcess;

beforeAll(() => {
  python = startPython(new URL("json-oracle.py", import.meta.url));
});

afterAll(() => python.close());

/** Reads and writes text in both layouts, or gives "invalid" where it is not JSON. */
function readAndWrite(text: string): unknown {
  try {
    const value = parseJson(text);
    return {
      indented: encodeJson(value, { indent: 1, sortKeys: true }),
      escaped: encodeJson(value, { sortKeys: true, escapeNonAscii: true }),
    };
  } catch (error) {
    if (error instanceof JsonError) return "invalid";
    throw error;
  }
}

describe("parseJson and encodeJson", () => {
  it("write any value as Python's json does", async () => {
    await fc.assert(
      fc.asyncProperty(jsonValue, async (value) => {
        const text = encodeJson(value);
        expect(readAndWrite(text)).toEqual(await python.ask({ text }));
      }),
      { numRuns: 500 },
    );
  });

  it("refuse what Python's json refuses, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(damagedJson, async (text) => {
        expect(readAndWrite(text) === "invalid").toBe((await python.ask({ text })) === "invalid");
      }),
      { numRuns: 1500 },
    );
  });
});

describe("pythonFloatRepr", () => {
  it("writes any finite number as Python's repr does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (value) => {
        const text = pythonFloatRepr(value);
        expect(Number(text)).toBe(value);
        // Python reads the float and writes it back: the text must be the one it would choose.
        expect(await python.ask({ text })).toEqual({ indented: text, escaped: text });
      }),
      { numRuns: 1000 },
    );
  });
});

/** JSON text with one place changed, so that about half is still JSON. */
const damagedJson = fc
  .tuple(
    fc.oneof(
      jsonValue.map((value) => encodeJson(value)),
      fc.constantFrom(
        "[1e5,-0.5,0,10]",
        '["\\u00e9\\n"]',
        '{"a":[true,null,false,NaN,-Infinity]}',
        ' [ "a" , "b" ] ',
      ),
    ),
    fc.nat(),
    fc.nat(2),
    fc.oneof(fc.constantFrom(...'"\\{}[]:,-+.eE0123u tnfN\n\t\u0000é'), fc.string({ maxLength: 2 })),
  )
  .map(([text, place, removed, inserted]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + inserted + text.slice(at + removed);
  })
  // A lone surrogate is no text for Python's pipe.
  .filter((text) => text.isWellFormed());
