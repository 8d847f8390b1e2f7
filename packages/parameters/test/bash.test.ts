import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isCodedError } from "@notemill/errors";
import { encodeJson, isJsonObject, JsonNumber, parseJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { translateParameters } from "@notemill/parameters";

import { translateBatch } from "./round-trip.ts";
import { runInKernel } from "./run-kernel.ts";
import { runProcess } from "./run-process.ts";
import { anyValue, HOSTILE_VALUES, number } from "./values.ts";

/** Prints the bytes of each item of each variable named, one variable a line. */
const DUMP = `
show() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \\n'; echo -n ,; }
for name in NAMES; do
  declare -n variable=$name
  for item in "\${variable[@]}"; do show "$item"; done
  echo
done
`;

/** Text of a value as Bash holds it. */
function asText(value: JsonValue): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (value instanceof JsonNumber && !value.isInteger) {
    const float = value.toNumber();
    if (!Number.isFinite(float)) return value.text.replace("Infinity", "inf").replace("NaN", "nan");
  }
  return encodeJson(value);
}

/** What {@link DUMP} prints for a value. */
function expectedLine(value: JsonValue): string {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return items.map((item) => `${Buffer.from(asText(item)).toString("hex")},`).join("");
}

/** The source that sets a variable, if the name is taken. */
function assignment(name: string, text: string): string | undefined {
  try {
    const parameters = new Map([[name, text]]);
    return translateParameters({ kernelName: "bash", language: "none", parameters });
  } catch (error) {
    if (isCodedError(error) && error.code === "PARAMETER_NAME_INVALID") return undefined;
    throw error;
  }
}

function roundTrip(
  values: readonly JsonValue[],
  run: (cells: readonly string[]) => string,
): { expected: string[]; found: string[]; refused: readonly string[] } {
  const { accepted, refused, source } = translateBatch("bash", values);
  const output = run([source, DUMP.replace("NAMES", [...accepted.keys()].join(" "))]);
  return {
    expected: [...accepted.values()].map(expectedLine),
    found: output.split(/\r?\n/).slice(0, accepted.size),
    refused,
  };
}

const inShell = (cells: readonly string[]): string => runProcess("bash", ["--norc"], cells.join("\n"));
const inKernel = (cells: readonly string[]): string => runInKernel("bash", cells);

describe("Bash", () => {
  it("reads hostile values back", () => {
    const { expected, found, refused } = roundTrip(HOSTILE_VALUES, inShell);
    expect(found).toEqual(expected);
    expect(refused).toEqual([]);
  });

  it("reads hostile values back in the kernel", () => {
    const { expected, found } = roundTrip(HOSTILE_VALUES, inKernel);
    expect(found).toEqual(expected);
  });

  it("reads any value back", () => {
    const { expected, found } = roundTrip(fc.sample(anyValue, { numRuns: 400, seed: 3 }), inShell);
    expect(found).toEqual(expected);
  });

  it("reads long text back", () => {
    const { expected, found } = roundTrip(["it's $x `y` \\ é\n".repeat(20_000)], inShell);
    expect(found).toEqual(expected);
  });

  it("takes no variable that bash computes or changes", () => {
    const directory = mkdtempSync(join(tmpdir(), "notemill-bash-"));
    try {
      const own = runProcess("env", ["-i", "bash", "--norc", "-c", "compgen -v"]).trim().split("\n");
      const text = `a[$(touch ${directory}/run)]`;
      const taken = own.filter((name) => assignment(name, text) !== undefined);
      expect(taken).toContain("PATH");
      for (const name of taken) {
        const printed = inShell([assignment(name, text) ?? "", `printf '%s' "$${name}"`]);
        expect(`${name}: ${printed}`).toBe(`${name}: ${text}`);
      }
      expect(readdirSync(directory)).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("refuses text with a NUL", () => {
    expect(translateBatch("bash", ["a\0b", { key: "\0" }, [number("1.0"), "\0"]]).refused).toHaveLength(2);
  });

  it("keeps what is nested as JSON", () => {
    const value = { a: [1, { b: null }], c: "é'" };
    const { source } = translateBatch("bash", [value]);
    const output = inShell([source, `printf '%s' "$p0"`]);
    expect(isJsonObject(parseJson(output)) && parseJson(output)).toEqual(value);
  });
});
