import { JsonNumber, RawJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { isJsonMimeType } from "./json-mime-type.ts";
import { mimeBundleFromJson } from "./mime-bundle.ts";

describe("isJsonMimeType", () => {
  it.each([
    ["application/json", true],
    ["application/geo+json", true],
    ["application/vnd.vegalite.v5+json", true],
    ["text/plain", false],
    ["model/gltf+json", false],
    ["application/json5", false],
    ["application/javascript", false],
  ])("says of %s: %s", (mimeType, expected) => {
    expect(isJsonMimeType(mimeType)).toBe(expected);
  });
});

describe("mimeBundleFromJson", () => {
  it.each<[string, string, JsonValue, string | RawJson]>([
    ["text as it is", "text/plain", "a", "a"],
    ["lines joined", "text/html", ["a\n", "b"], "a\nb"],
    ["lines of images joined", "image/png", ["iV\n", "BO"], "iV\nBO"],
    ["JSON data as text of JSON", "application/json", { a: new JsonNumber("1.0") }, new RawJson('{"a":1.0}')],
    ["a JSON string as JSON", "application/json", "a", new RawJson('"a"')],
    ["a JSON list of strings as JSON", "application/x+json", ["a"], new RawJson('["a"]')],
    ["raw JSON as it stands", "application/x+json", new RawJson("[ 1 ]"), new RawJson("[ 1 ]")],
    ["raw text joined", "text/plain", new RawJson('["a\\n", "b"]'), "a\nb"],
    ["what is not text as JSON", "text/plain", [1, "b"], new RawJson('[1,"b"]')],
    ["nothing as JSON", "image/png", null, new RawJson("null")],
  ])("gives %s", (_what, mimeType, value, expected) => {
    expect(mimeBundleFromJson({ [mimeType]: value })).toEqual({ [mimeType]: expected });
  });

  it("keeps a type that means something to JavaScript", () => {
    const bundle = mimeBundleFromJson(JSON.parse('{"__proto__": "a"}') as Record<string, string>);
    expect(Object.entries(bundle)).toEqual([["__proto__", "a"]]);
  });
});
