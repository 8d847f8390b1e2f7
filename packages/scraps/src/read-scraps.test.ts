import { readFileSync } from "node:fs";
import { encodeJson, RawJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { readNotebook } from "@notemill/nbformat";
import type { Notebook, Output } from "@notemill/nbformat";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksOutcome } from "./checks-outcome.ts";
import { readChecks } from "./read-checks.ts";
import { readMetrics } from "./read-metrics.ts";
import { readParameters } from "./read-parameters.ts";
import { readScraps } from "./read-scraps.ts";

function fixture(name: string): Notebook {
  const text = readFileSync(new URL(`../test/fixtures/${name}.ipynb`, import.meta.url), "utf8");
  return readNotebook(text, { newId: () => "new" }).notebook;
}

/** Every scrap as `name = data (encoder)`, with `+ display` where there is one. */
function listed(notebook: Notebook): string[] {
  return [...readScraps(notebook).scraps.values()].map(({ name, data, encoder, display }) => {
    const value = encoder === "pandas" ? "…" : data === undefined ? "nothing" : encodeJson(data);
    return `${name} = ${value} (${encoder})${display ? " + display" : ""}`;
  });
}

function withOutputs(...outputs: Output[]): Notebook {
  const cell = { cell_type: "code", id: "a", metadata: {}, source: "", execution_count: 1, outputs } as const;
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
}

function shownOutput(metadata: JsonValue, data: Record<string, JsonValue> = {}): Output {
  const bundle = Object.entries(data).map(([mime, value]) => [mime, new RawJson(encodeJson(value))] as const);
  return {
    output_type: "display_data",
    data: Object.fromEntries(bundle),
    metadata: metadata as Readonly<Record<string, JsonValue>>,
  };
}

const COMMON = [
  'text = "hello" (text)',
  'digits = "123" (text)',
  "whole = 1 (json)",
  "float = 1.0 (json)",
  "tenth = 0.1 (json)",
  "big = 12345678901234567890 (json)",
  "yes = true (json)",
  'list = [1,2.0,null,"x"] (json)',
  'dict = {"a":{"b":1}} (json)',
  'json text = {"a":1} (json)',
  "shown = nothing (display) + display",
  'both = {"a":1} (json) + display',
  "frame = … (pandas)",
  "nan = NaN (json)",
  "again = 2 (json)",
  "replaced = nothing (display) + display",
];

describe("readScraps", () => {
  it("reads what scrapbook glued, data and display together", () => {
    expect(listed(fixture("scrapbook-0.5"))).toEqual(COMMON);
    expect(readScraps(fixture("scrapbook-0.5")).problems).toEqual([]);
  });

  it("reads what Notemill's Python library glued", () => {
    expect(listed(fixture("notemill")).slice(0, COMMON.length)).toEqual(COMMON);
    expect(listed(fixture("notemill")).slice(COMMON.length, COMMON.length + 9)).toEqual([
      "none = null (json)",
      'nested nan = {"loss":[0.5,Infinity]} (json)',
      'date = "2026-07-01" (text)',
      'decimal = "1.10" (text)',
      "numpy = 0.5 (json)",
      "array = [[0,1],[2,3]] (json)",
      "recorded = 0.25 (json)",
      "recorded none = null (json)",
      "displayed = nothing (display) + display",
    ]);
  });

  it("reads what papermill 0.x recorded and displayed, strings as strings", () => {
    expect(listed(fixture("papermill-0.19"))).toEqual([
      'text = "hello" (json)',
      'digits = "123" (json)',
      "tenth = 0.1 (json)",
      "none = null (json)",
      "list = [1,null] (json)",
      'dict = {"a":1} (json)',
      "shown = nothing (display) + display",
      "both = 5 (json) + display",
    ]);
  });

  it("says in which cell a scrap was recorded last", () => {
    const { scraps } = readScraps(fixture("scrapbook-0.5"));
    expect([scraps.get("text")?.cellIndex, scraps.get("again")?.cellIndex]).toEqual([1, 7]);
  });

  it("turns broken payloads into problems and reads the rest", () => {
    const { scraps, problems } = readScraps(fixture("broken"));
    expect(problems.map(({ code, cellIndex }) => `${cellIndex} ${code}`)).toEqual([
      ...Array<string>(11).fill("0 SCRAP_PAYLOAD_INVALID"),
      "1 SCRAP_VERSION_UNSUPPORTED",
      ...Array<string>(2).fill("2 SCRAP_PAYLOAD_INVALID"),
      ...Array<string>(5).fill("3 CHECK_PAYLOAD_INVALID"),
    ]);
    expect(scraps.get("good")?.data).toBe(1);
    expect(scraps.get("null data")?.data).toBeNull();
    expect(scraps.get("unknown encoder")).toMatchObject({ data: "zzz", encoder: "someone.else" });
    expect(scraps.get("good display")?.data).toBeUndefined();
    expect(scraps.get("__proto__")?.data).toBe(1);
  });

  it("never throws, whatever an output holds", () => {
    const mimeType = fc.constantFrom(
      "application/scrapbook.scrap.json+json",
      "application/papermill.record+json",
      "text/plain",
    );
    const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
    const metadata = fc.dictionary(fc.constantFrom("scrapbook", "papermill", "x"), json);
    const output = fc.tuple(metadata, fc.dictionary(mimeType, json)).map(([m, d]) => shownOutput(m, d));
    fc.assert(
      fc.property(fc.array(output), (outputs) => {
        readScraps(withOutputs(...outputs));
      }),
    );
  });
});

describe("readMetrics", () => {
  it("gives the scraps that are numbers, unharmed", () => {
    const metrics = [...readMetrics(fixture("scrapbook-0.5"))].map(
      ([name, value]) => `${name} ${encodeJson(value)}`,
    );
    expect(metrics).toEqual([
      "whole 1",
      "float 1.0",
      "tenth 0.1",
      "big 12345678901234567890",
      "nan NaN",
      "again 2",
    ]);
  });
});

describe("readChecks", () => {
  it("gives every check in order", () => {
    const checks = readChecks(fixture("notemill"));
    expect(checks).toEqual([
      { name: "has rows", ok: true, severity: "error", message: null, details: { rows: 3 } },
      {
        name: "no nulls",
        ok: false,
        severity: "warning",
        message: "two rows have none",
        details: { nulls: 2 },
      },
      { name: "fresh", ok: false, severity: "info", message: null, details: {} },
      { name: "sum adds up", ok: false, severity: "error", message: "off by one", details: {} },
    ]);
  });

  it("counts a check that it cannot read as failed", () => {
    const checks = readChecks(fixture("broken"));
    expect(checks).toHaveLength(5);
    expect(checksOutcome(checks)).toBe("failed");
    expect(checks[1]).toMatchObject({ name: "ok is text", ok: false, severity: "error" });
  });
});

describe("checksOutcome", () => {
  it.each([
    ["passed", []],
    ["passed", ["error ok"]],
    ["passed", ["info no"]],
    ["warned", ["warning no", "info no", "error ok"]],
    ["failed", ["error no", "error ok", "warning no"]],
  ] as const)("is %s after %j", (outcome, checks) => {
    const parsed = checks.map((text) => {
      const [severity, verdict] = text.split(" ") as ["error" | "warning" | "info", string];
      return { name: "a", ok: verdict === "ok", severity, message: null, details: {} };
    });
    expect(checksOutcome(parsed)).toBe(outcome);
  });
});

describe("readParameters", () => {
  it.each([
    ["notemill", '{"alpha":0.5,"rows":3}'],
    ["broken", "{}"],
  ])("reads those of %s", (name, parameters) => {
    expect(encodeJson(readParameters(fixture(name)))).toBe(parameters);
  });

  it("gives numbers for tagged floats", () => {
    const parameters = { a: "float:NaN", b: [{ c: "float:-Infinity" }], d: "float:1" };
    const notebook = { ...withOutputs(), metadata: { papermill: { parameters } } };
    expect(encodeJson(readParameters(notebook))).toBe('{"a":NaN,"b":[{"c":-Infinity}],"d":"float:1"}');
  });
});
