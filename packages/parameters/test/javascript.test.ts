import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parametersFromJson, translateParameters } from "@notemill/parameters";

import { canonical } from "./canonical.ts";
import { translateBatch } from "./round-trip.ts";
import { runInKernel } from "./run-kernel.ts";
import { runProcess } from "./run-process.ts";
import { anyValue, HOSTILE_VALUES } from "./values.ts";

/** Prints variables as canonical.ts does; a number of JavaScript is a double, a BigInt an integer. */
const DUMP = `
function showText(text) {
  return "s(" + Array.from(text, (char) => char.codePointAt(0)).join(" ") + ")";
}
function showNumber(value) {
  if (Number.isNaN(value)) return "d(nan)";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return "d(" + view.getBigUint64(0).toString(16).padStart(16, "0") + ")";
}
function show(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return showText(value);
  if (typeof value === "number") return showNumber(value);
  if (typeof value === "bigint") return "i(" + value + ")";
  if (Array.isArray(value)) return "[" + value.map(show).join(",") + "]";
  const pairs = Object.entries(value).map(([key, item]) => showText(key) + ":" + show(item));
  return "{" + pairs.sort().join(",") + "}";
}
`;

/** Integers that a number holds are doubles in JavaScript; longer ones stay integers. */
function expectedLine(value: JsonValue): string {
  return canonical(value).replaceAll(/i\((-?\d+)\)/g, (whole, digits: string) =>
    Number.isSafeInteger(Number(digits)) ? canonical(Number(digits), { integersAreDoubles: true }) : whole,
  );
}

function roundTrip(
  kernelName: string,
  values: readonly JsonValue[],
): { expected: string[]; found: string[]; refused: readonly string[] } {
  const { accepted, refused, source } = translateBatch(kernelName, values);
  const dump = `console.log([${[...accepted.keys()].join(",")}].map(show).join("\\n"));`;
  const found = runProcess(process.execPath, ["-"], `${source}${DUMP}${dump}`).trimEnd().split("\n");
  return { expected: [...accepted.values()].map(expectedLine), found, refused };
}

describe.each(["deno", "javascript"])("%s", (kernelName) => {
  it("reads hostile values back", () => {
    const { expected, found, refused } = roundTrip(kernelName, HOSTILE_VALUES);
    expect(found).toEqual(expected);
    expect(refused).toEqual([]);
  });

  it("reads any value back", () => {
    const { expected, found } = roundTrip(kernelName, fc.sample(anyValue, { numRuns: 2000, seed: 5 }));
    expect(found).toEqual(expected);
  });

  it("reads long text back", () => {
    const { expected, found } = roundTrip(kernelName, ["`${x}` \\ é\u2028😀".repeat(50_000)]);
    expect(found).toEqual(expected);
  });
});

/** Runs cells in Deno's kernel and gives the text that an expression then has. */
function evaluateInDeno(cells: readonly string[], expression: string): string {
  const directory = mkdtempSync(join(tmpdir(), "notemill-deno-"));
  try {
    const path = join(directory, "output.txt");
    // What the kernel prints may come after it said that it is idle.
    runInKernel("deno", [...cells, `Deno.writeTextFileSync(${JSON.stringify(path)}, ${expression});`]);
    return readFileSync(path, "utf8");
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe("the Deno kernel", () => {
  it("reads hostile values back", () => {
    const { accepted, source } = translateBatch("deno", HOSTILE_VALUES);
    const expression = `[${[...accepted.keys()].join(",")}].map(show).join("\\n")`;
    const found = evaluateInDeno([source, DUMP], expression).split("\n");
    expect(found).toEqual([...accepted.values()].map(expectedLine));
  });

  it("sets variables again, however they were declared", () => {
    const source = "let a = 1;\nconst b: number = 2;\nvar c = 3;";
    const cell = { cell_type: "raw", id: "a", metadata: { tags: ["parameters"] }, source } as const;
    const injected = translateParameters({
      kernelName: "deno",
      language: "typescript",
      notebook: { cells: [cell] },
      parameters: parametersFromJson({ a: 4, b: 5, c: 6, d: 7 }),
    });
    expect(evaluateInDeno([source, injected], "[a, b, c, d].join()")).toBe("4,5,6,7");
  });
});

describe("javascript", () => {
  it.each(["var x = 1;", "x = 1;"])("may follow %s in the same script scope", (declaration) => {
    const { source } = translateBatch("javascript", [2]);
    const script = source.replace("p0", "x");
    expect(runInNewContext(`${declaration}\n${script}\nx`, {})).toBe(2);
  });
});
