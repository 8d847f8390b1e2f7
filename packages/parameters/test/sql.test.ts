import { encodeJson, parseJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { translateBatch } from "./round-trip.ts";
import { peersPython } from "./run-kernel.ts";
import { runProcess } from "./run-process.ts";
import { anyValue, HOSTILE_VALUES } from "./values.ts";

/** Runs a script in DuckDB and prints its variables as JSON, one a line. */
const RUN = `
import duckdb, json, sys

source, names = json.load(sys.stdin)
connection = duckdb.connect()
connection.execute(source)
for name in names:
    query = f"SELECT getvariable('{name}'), typeof(getvariable('{name}'))"
    value, type = connection.execute(query).fetchone()
    print(json.dumps(json.loads(value) if type == "JSON" else value))
`;

function roundTrip(values: readonly JsonValue[]): {
  expected: string[];
  found: string[];
  refused: readonly string[];
} {
  const { accepted, refused, source } = translateBatch("sql", values);
  const output = runProcess(peersPython, ["-c", RUN], JSON.stringify([source, [...accepted.keys()]]));
  return {
    expected: [...accepted.values()].map((value) => encodeJson(value)),
    found: output
      .trimEnd()
      .split("\n")
      .map((line) => encodeJson(parseJson(line))),
    refused,
  };
}

describe("SQL in DuckDB", () => {
  it("reads hostile values back", () => {
    const { expected, found, refused } = roundTrip(HOSTILE_VALUES);
    expect(found).toEqual(expected);
    expect(refused).toEqual([]);
  });

  it("reads any value back", () => {
    const { expected, found } = roundTrip(fc.sample(anyValue, { numRuns: 1000, seed: 3 }));
    expect(found).toEqual(expected);
  });
});
