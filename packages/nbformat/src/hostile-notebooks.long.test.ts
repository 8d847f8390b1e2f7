import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { notebookText } from "../test/arbitrary-file.ts";
import { everyReplacement, mutate } from "../test/arbitrary-mutation.ts";
import type { Plain } from "../test/arbitrary-mutation.ts";
import { everyField } from "../test/every-field.ts";
import { surviving } from "../test/survive.ts";

// These try many inputs, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const FIXTURES = new URL("../fixtures/", import.meta.url);

const DAMAGES = ["\0", '"', "{", "]", "\\", "9", "\ud800"];

describe("a hostile notebook", () => {
  it.each([
    ["4.5", everyField(5)],
    ["3.0", JSON.parse(readFileSync(new URL("version-3.0.ipynb", FIXTURES), "utf8")) as Plain],
  ])("with a wrong type in any one field of %s is read or refused with a code", (_version, notebook) => {
    for (const mutation of everyReplacement(notebook)) surviving(JSON.stringify(mutate(notebook, mutation)));
  });

  it("cut off at any byte is refused as not being JSON", () => {
    const text = JSON.stringify(everyField(5));
    for (let length = 0; length < text.length; length++) {
      expect(surviving(text.slice(0, length))).toBe("NOTEBOOK_NOT_JSON");
    }
  });

  it("with any one character replaced is read or refused with a code", () => {
    const text = JSON.stringify(everyField(5));
    for (let at = 0; at < text.length; at++) {
      const damage = DAMAGES[at % DAMAGES.length] ?? "";
      surviving(text.slice(0, at) + damage + text.slice(at + 1));
    }
  });

  it.each([
    ["nested arrays in metadata", `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, "NOTEBOOK_TOO_COMPLEX"],
    ["nested objects in metadata", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, "NOTEBOOK_TOO_COMPLEX"],
    ["nesting below the limit", `{"a":${"[".repeat(450)}${"]".repeat(450)}}`, "read"],
    ["a million empty objects", `{"a":[${"{},".repeat(1_000_000)}{}]}`, "NOTEBOOK_TOO_COMPLEX"],
    ["a million equal keys", `{${'"a":1,'.repeat(1_000_000)}"a":2}`, "read"],
    ["a number of a million digits", `{"a":${"9".repeat(1_000_000)}}`, "read"],
    ["a million backslashes", `{"a":"${"\\\\".repeat(500_000)}"}`, "read"],
    ["a million quotes", `{"a":"${'\\"'.repeat(1_000_000)}"}`, "read"],
    ["a million tabs", `{"a":${"\t".repeat(1_000_000)}1}`, "read"],
    [
      "keys that JavaScript knows",
      '{"__proto__":{"a":1},"constructor":{"prototype":1},"toString":2,"hasOwnProperty":3}',
      "read",
    ],
    ["numbers out of range", '{"a":1e999999,"b":-1e-999999,"c":0.1e1,"d":-0}', "read"],
  ])("with %s ends well", (_what, metadata, outcome) => {
    const text = `{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":${metadata}}`;
    expect(surviving(text)).toBe(outcome);
  });

  it.each([
    ["a million cells", "{},", "NOTEBOOK_TOO_COMPLEX"],
    ["cells that are no objects", "[],", "NOTEBOOK_INVALID"],
    ["cells that are numbers", "1,", "NOTEBOOK_INVALID"],
  ])("of %s ends well", (_what, cell, outcome) => {
    const count = outcome === "NOTEBOOK_INVALID" ? 1000 : 1_000_000;
    const text = `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[${cell.repeat(count)}{}]}`;
    expect(surviving(text)).toBe(outcome);
  });

  it("does not touch the prototype of objects", () => {
    surviving(
      '{"nbformat":4,"nbformat_minor":5,"metadata":{"__proto__":{"polluted":1}},"cells":[{"__proto__":{"polluted":1},"cell_type":"raw","source":""}]}',
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("made of any characters is read or refused with a code", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void surviving(text)));
    fc.assert(fc.property(fc.json(), (text) => void surviving(text)));
  });

  it("made of two halves of notebooks is read or refused with a code", () => {
    const texts = fc.oneof(
      notebookText,
      fc.constantFrom(...readdirSync(FIXTURES)).map((name) => readFileSync(new URL(name, FIXTURES), "utf8")),
    );
    fc.assert(
      fc.property(texts, texts, fc.nat(), fc.nat(), (first, second, end, start) => {
        surviving(first.slice(0, end % first.length) + second.slice(start % second.length));
      }),
    );
  });
});
