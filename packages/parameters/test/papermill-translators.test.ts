import { encodeJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { parametersFromJson, translateParameters } from "@notemill/parameters";

import { startOracle } from "./oracle.ts";
import { anyValue, HOSTILE_VALUES, number } from "./values.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

/** The names under which papermill keeps its translators. */
const KERNELS = [
  ".net-csharp",
  ".net-fsharp",
  ".net-powershell",
  "bash",
  "julia",
  "matlab",
  "pysparkkernel",
  "python",
  "R",
  "scala",
  "sparkkernel",
  "sparkrkernel",
];

/** Values that every language can hold, and that papermill writes well. */
const SAFE_VALUES: readonly JsonValue[] = [
  true,
  false,
  0,
  -7,
  2 ** 31 - 1,
  0.6,
  -2.5,
  number("1.0"),
  number("1e+16"),
  number("1e-05"),
  number("-0.0"),
  "plain",
  "two words, and (more): [1] {2} #3 %4 @5 !6 ^7 &8 *9 ~ / ? < > | ; + - _ =",
  "it's",
];

const SAFE_CONTAINERS: readonly JsonValue[] = [
  [1, 2, 3],
  ["a", "b"],
  [0.5, 1.5],
  [true, false],
];

function ours(kernelName: string, value: JsonValue, compat: boolean): string {
  const parameters = parametersFromJson({ x: value });
  return translateParameters({ compat, kernelName, language: "none", parameters });
}

async function papermills(kernel: string, value: JsonValue): Promise<JsonValue | undefined> {
  const { value: text } = await oracle.ask("translate", {
    kernel,
    language: "none",
    parameters: { x: value },
  });
  return text;
}

describe.each(KERNELS)("%s", (kernel) => {
  it.each([...SAFE_VALUES, ...SAFE_CONTAINERS].map((value) => [encodeJson(value), value]))(
    "writes %s as papermill does",
    async (_text, value) => {
      expect(ours(kernel, value, false)).toBe(await papermills(kernel, value));
    },
  );

  it.each(HOSTILE_VALUES.map((value) => [encodeJson(value), value]))(
    "writes %s as papermill does when asked to",
    async (_text, value) => {
      const expected = await papermills(kernel, value);
      const write = (): string => ours(kernel, value, true);
      if (typeof expected === "string") expect(write()).toBe(expected);
      else expect(write).toThrow(expect.objectContaining({ code: "PARAMETER_VALUE_UNSUPPORTED" }));
    },
  );

  it("writes any value as papermill does when asked to", async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, async (value) => {
        const expected = await papermills(kernel, value);
        if (typeof expected === "string") expect(ours(kernel, value, true)).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });
});
