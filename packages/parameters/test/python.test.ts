import { encodeJson, isJsonObject } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { parametersFromJson, translateParameters } from "@notemill/parameters";

import { startOracle } from "./oracle.ts";
import { anyValue, HOSTILE_VALUES } from "./values.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

/** Runs the injected cell in Python and gives the variable back. */
async function roundTrip(value: JsonValue): Promise<string> {
  const parameters = parametersFromJson({ x: value });
  const source = translateParameters({ kernelName: "python3", language: "python", parameters });
  const { value: scope, error } = await oracle.ask("execute", { source });
  return error ?? encodeJson((isJsonObject(scope) ? scope["x"] : undefined) ?? null);
}

describe("Python", () => {
  it.each(HOSTILE_VALUES.map((value) => [encodeJson(value), value]))("reads %s back", async (text, value) => {
    expect(await roundTrip(value)).toBe(text);
  });

  it("reads any value back", async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, async (value) => {
        expect(await roundTrip(value)).toBe(encodeJson(value));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads a megabyte of text back", async () => {
    const text = `"$\\é😀`.repeat(150_000);
    expect(await roundTrip(text)).toBe(encodeJson(text));
  });
});
