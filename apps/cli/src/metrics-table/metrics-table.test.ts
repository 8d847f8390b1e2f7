import { describe, expect, it } from "vitest";
import { JsonNumber } from "@notemill/json";
import { parquetReadObjects } from "hyparquet";
import { type MetricsRow, metricsTable, tableAsCsv, tableAsJson, tableAsNotebook } from "@notemill/scraps";
import { tableAsText } from "./format-table.ts";
import { tableAsParquet } from "./table-parquet.ts";

const rows: readonly MetricsRow[] = [
  {
    notebook: "out/1.ipynb",
    status: "succeeded",
    duration: 1.5,
    parameters: { alpha: new JsonNumber("1.0"), name: 'a "b"', fixed: true },
    metrics: { error: 0.123456789, big: new JsonNumber("12345678901234567890") },
    error: null,
  },
  {
    notebook: "out/2.ipynb",
    status: "failed",
    duration: null,
    parameters: { alpha: 2.5, name: "c,d", fixed: true },
    metrics: { status: 7 },
    error: "ValueError: no",
  },
];
const table = metricsTable(rows);

describe("metrics table", () => {
  it("puts parameters first, and tells a metric from a column of the same name", () => {
    expect(table.columns.map(({ name }) => name)).toEqual(
      [
        "alpha",
        "name",
        "fixed",
        "status",
        "duration",
        "error",
        "big",
        "metric.status",
        "notebook",
        "error",
      ].map((name, at) => (at === 5 ? "metric.error" : name)),
    );
  });

  it("takes no value from what every object has", () => {
    const named = { ...rows[0], parameters: { constructor: 1 } } as MetricsRow;
    const { rows: values } = metricsTable([named, { ...named, parameters: {} }]);
    expect(values.map(([first]) => first)).toEqual([1, null]);
  });

  it("shortens a long name for people", () => {
    const named = { ...rows[0], metrics: { ["m".repeat(1_000_000)]: 1 } } as MetricsRow;
    expect(tableAsText(metricsTable([named])).length).toBeLessThan(2000);
  });

  it("leaves out for people what is the same in every row", () => {
    const text = tableAsText(table);
    expect(text).not.toContain("fixed");
    expect(text.split("\n")[2]).toMatch(/^ *1\.0 {2}a "b" +succeeded +1\.50 +0\.123457 /);
  });

  it("keeps every digit in CSV and JSON", () => {
    expect(tableAsCsv(table).split("\r\n")[1]).toBe(
      '1.0,"a ""b""",true,succeeded,1.5,0.123456789,12345678901234567890,,out/1.ipynb,',
    );
    expect(tableAsJson(table)).toContain('"big": 12345678901234567890');
  });

  it("writes Parquet that another reader understands", async () => {
    const bytes = tableAsParquet(table);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    expect(await parquetReadObjects({ file })).toMatchObject([
      {
        alpha: 1,
        name: 'a "b"',
        fixed: true,
        status: "succeeded",
        duration: 1.5,
        "metric.error": 0.123456789,
      },
      { alpha: 2.5, name: "c,d", fixed: true, status: "failed", duration: null, "metric.error": null },
    ]);
  });

  it("becomes a notebook without anything active", () => {
    let id = 0;
    const notebook = tableAsNotebook("Sweep <b>", table, { newId: () => `id${id++}` });
    expect(JSON.stringify(notebook)).toContain("a &quot;b&quot;");
    expect(notebook.cells.map(({ id: cellId }) => cellId)).toEqual(["id0", "id1"]);
  });
});
