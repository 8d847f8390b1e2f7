import { encodeJson, parseJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import { describe, expect, it } from "vitest";

import { mergeParameters, parametersFromJson, parametersToJson } from "./parameter-map.ts";

describe("mergeParameters", () => {
  it("takes the last value and the first place", () => {
    const merged = mergeParameters([
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
      new Map([
        ["c", 3],
        ["a", 4],
      ]),
    ]);
    expect([...merged]).toEqual([
      ["a", 4],
      ["b", 2],
      ["c", 3],
    ]);
  });

  it("gives nothing for no layers", () => {
    expect(mergeParameters([]).size).toBe(0);
  });
});

describe("parametersFromJson and parametersToJson", () => {
  it("keep names, order and numbers", () => {
    const text = '{"b":1.0,"__proto__":12345678901234567890,"a":{"constructor":NaN}}';
    const object = parseJson(text) as JsonObject;
    expect(encodeJson(parametersToJson(parametersFromJson(object)))).toBe(text);
  });
});
