import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { expect, it } from "vitest";

import { describeWith, R } from "../../../tests/requirements.ts";
import { canonical } from "./canonical.ts";
import { translateBatch } from "./round-trip.ts";
import { runInKernel } from "./run-kernel.ts";
import { runProcess } from "./run-process.ts";
import { anyValue, HOSTILE_VALUES, lossless } from "./values.ts";

/** Prints variables as canonical.ts does. */
const DUMP = String.raw`
show_text <- function(x) paste0("s(", paste(utf8ToInt(enc2utf8(x)), collapse = " "), ")")
show_double <- function(x) {
  if (is.nan(x)) return("d(nan)")
  paste0("d(", paste(format(writeBin(x, raw(), endian = "big")), collapse = ""), ")")
}
show <- function(x) {
  if (is.null(x)) return("null")
  if (is.logical(x)) return(if (x) "true" else "false")
  if (is.character(x)) return(show_text(x))
  if (is.numeric(x)) return(show_double(as.double(x)))
  items <- vapply(x, show, "")
  if (is.null(names(x)) || length(x) == 0) return(paste0("[", paste(items, collapse = ","), "]"))
  pairs <- sort(paste0(vapply(names(x), show_text, ""), ":", items), method = "radix")
  paste0("{", paste(pairs, collapse = ","), "}")
}
`;

/** Reads source as the kernel does; in a script that Rscript reads itself, lines are shorter. */
const RUN = String.raw`
arguments <- commandArgs(TRUE)
eval(parse(text = readLines(arguments[1], encoding = "UTF-8")))
for (name in arguments[-1]) cat(show(get(name)), "\n", sep = "")
`;

const AS_IN_R = { emptyMapIsList: true, integersAreDoubles: true };

/** Assigns values in R and gives back what R then holds, one line each. */
function roundTrip(values: readonly JsonValue[]): {
  expected: string[];
  found: string[];
  refused: readonly string[];
} {
  const directory = mkdtempSync(join(tmpdir(), "notemill-r-"));
  try {
    const { accepted, refused, source } = translateBatch("ir", values);
    const path = join(directory, "cell.txt");
    writeFileSync(path, source);
    const found = runProcess("Rscript", ["--vanilla", "-e", DUMP + RUN, path, ...accepted.keys()])
      .trimEnd()
      .split("\n");
    return { expected: [...accepted.values()].map((value) => canonical(value, AS_IN_R)), found, refused };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describeWith(R, "R", () => {
  it("reads hostile values back", () => {
    const { expected, found, refused } = roundTrip(HOSTILE_VALUES);
    expect(found).toEqual(expected);
    // What R would round or cannot hold.
    expect(refused).toEqual([
      "9007199254740993",
      "9223372036854775807",
      "18446744073709551615",
      "1000000000000000000000000000000",
      "[9007199254740993,0.5]",
    ]);
  });

  it("reads hostile values back in the kernel", () => {
    const { accepted, source } = translateBatch("ir", HOSTILE_VALUES);
    const names = [...accepted.keys()].map((name) => `"${name}"`);
    const show = `for (name in c(${names.join(",")})) cat(show(get(name)), "\\n", sep = "")`;
    const found = runInKernel("ir", [source, DUMP, show]).trimEnd().split("\n");
    expect(found).toEqual([...accepted.values()].map((value) => canonical(value, AS_IN_R)));
  });

  it("reads any value back", () => {
    const values = fc.sample(anyValue, { numRuns: 1500, seed: 7 });
    const { expected, found } = roundTrip(values);
    expect(found).toEqual(expected);
  });

  it("reads doubles back to the last bit", () => {
    const doubles = fc.sample(fc.double({ noDefaultInfinity: true, noNaN: true }), {
      numRuns: 3000,
      seed: 11,
    });
    const { expected, found } = roundTrip(doubles.map(lossless));
    expect(found).toEqual(expected);
  });

  it("reads short decimals of any size back", () => {
    const decimals = fc.tuple(
      fc.integer({ max: 999_999, min: -999_999 }),
      fc.integer({ max: 302, min: -320 }),
    );
    const doubles = fc
      .sample(decimals, { numRuns: 4000, seed: 13 })
      .map(([digits, power]) => Number(`${digits}e${power}`));
    const { expected, found } = roundTrip(doubles.map(lossless));
    expect(found).toEqual(expected);
  });

  it("reads long text, long names and deep lists back", () => {
    const deep = Array.from({ length: 39 }).reduce<JsonValue>((inner) => [inner], 1);
    const { expected, found } = roundTrip(['x$\\"é'.repeat(100_000), { ["k".repeat(20_000)]: 1 }, deep]);
    expect(found).toEqual(expected);
  });

  it("refuses what nests deeper than R reads", () => {
    const deep = Array.from({ length: 41 }).reduce<JsonValue>((inner) => [inner], 1);
    expect(translateBatch("ir", [deep]).refused).toHaveLength(1);
  });

  it("reads deep mappings with odd keys back, or refuses them", () => {
    const odd = (levels: number): JsonValue =>
      Array.from({ length: levels }).reduce<JsonValue>((inner) => ({ "": inner }), "é".repeat(9000));
    const values = [odd(20), odd(22), odd(23), odd(39)];
    const { expected, found, refused } = roundTrip(values);
    expect(found).toEqual(expected);
    expect(refused).toHaveLength(2);
  });
});
