import { encodeJson, RawJson } from "@notemill/json";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSql } from "./sql-bed.ts";
import type { CellRun, SqlBed } from "./sql-bed.ts";

let bed: SqlBed;
beforeAll(async () => {
  bed = await startSql();
});
afterAll(() => bed[Symbol.asyncDispose]());

/** Payloads of the scraps that a cell gave, without what all have. */
function scrapsOf({ messages }: CellRun): readonly string[] {
  return messages.flatMap((message) => {
    if (message.type !== "display_data") return [];
    const [type, payload] = Object.entries(message.content.data)[0] ?? [];
    expect(message.content.metadata).toMatchObject({ scrapbook: { data: true, display: false } });
    expect(type).toMatch(/^application\/scrapbook\.scrap\.(json|text)\+json$/);
    return [payload instanceof RawJson ? payload.text : (payload ?? "")];
  });
}

describe("a scrap", () => {
  it.each([
    [
      "-- notemill: glue n\nSELECT 9007199254740993",
      '{"name":"n","data":9007199254740993,"encoder":"json","version":1}',
    ],
    ["-- notemill: glue n\nSELECT 1.10", '{"name":"n","data":1.10,"encoder":"json","version":1}'],
    ["-- notemill: glue n\nSELECT 'nan'::DOUBLE", '{"name":"n","data":"NaN","encoder":"json","version":1}'],
    [
      "-- notemill: glue n\nSELECT 'inf'::DOUBLE",
      '{"name":"n","data":"Infinity","encoder":"json","version":1}',
    ],
    ["-- notemill: glue n\nSELECT NULL", '{"name":"n","data":"null","encoder":"json","version":1}'],
    ["-- notemill: glue n\nSELECT '123'", '{"name":"n","data":"123","encoder":"text","version":1}'],
    [
      "-- notemill: glue n\nSELECT DATE '2026-01-01'",
      '{"name":"n","data":"2026-01-01","encoder":"text","version":1}',
    ],
    ["-- notemill: glue n\nSELECT [1, 2]", '{"name":"n","data":[1,2],"encoder":"json","version":1}'],
  ])("of %j", async (code, expected) => {
    expect(scrapsOf(await bed.run(code))).toEqual([expected]);
  });

  it("is made of each column where no name is given, and the table is shown too", async () => {
    const run = await bed.run("-- notemill: glue\nSELECT 1 AS a, 'x' AS b");
    expect(scrapsOf(run).map((text) => /"name":"(.)"/.exec(text)?.[1])).toEqual(["a", "b"]);
    expect(run.result["text/plain"]).toContain("(1 row)");
  });

  it.each([
    ["SELECT true", true],
    ["SELECT false", false],
    ["SELECT NULL::BOOLEAN", false],
  ])("is a check: %s", async (query, ok) => {
    const [scrap] = scrapsOf(await bed.run(`-- notemill: check it holds warning\n${query}`));
    const data = { type: "notemill.check", version: 1, ok, severity: "warning", message: null };
    expect(scrap).toBe(encodeJson({ name: "it holds", data, encoder: "json", version: 1 }));
  });

  it.each([
    "-- notemill: glue n\nFROM range(2)",
    "-- notemill: glue n\nFROM range(0)",
    "-- notemill: glue n\nSELECT 1, 2",
    "-- notemill: glue\nFROM range(2)",
    "-- notemill: check c\nSELECT 1",
  ])("is not made of %j", async (code) => {
    expect(await bed.run(code)).toMatchObject({ reply: { status: "error", ename: "SQL_SCRAP_INVALID" } });
  });
});
