import { encodeJson, isJsonObject, parseJson, RawJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSql } from "./sql-bed.ts";
import type { CellRun, SqlBed } from "./sql-bed.ts";

let bed: SqlBed;
beforeAll(async () => {
  bed = await startSql();
});
afterAll(() => bed[Symbol.asyncDispose]());

/** The data resource of a result. */
function resourceOf({ result }: CellRun): JsonObject {
  const raw = result["application/vnd.dataresource+json"];
  const value = raw instanceof RawJson ? parseJson(raw.text) : null;
  if (!isJsonObject(value)) throw new Error("the result has no data resource");
  return value;
}

describe("a value", () => {
  it.each([
    ["9223372036854775807", "9223372036854775807", "9223372036854775807", "integer"],
    [
      "170141183460469231731687303715884105727::HUGEINT",
      "170141183460469231731687303715884105727",
      undefined,
      "integer",
    ],
    ["1.10::DECIMAL(10, 2)", "1.10", "1.10", "number"],
    ["1::DOUBLE", "1.0", "1.0", "number"],
    ["0.1::FLOAT", "0.1", "0.1", "number"],
    ["1e300", "1e+300", "1e+300", "number"],
    ["'nan'::DOUBLE", "nan", '"NaN"', "number"],
    ["'-inf'::DOUBLE", "-inf", '"-INF"', "number"],
    ["NULL::INTEGER", "NULL", "null", "integer"],
    ["true", "true", "true", "boolean"],
    ["'a<b'", "a<b", '"a<b"', "string"],
    [
      "TIMESTAMPTZ '2026-01-01 00:00:00.123456+02'",
      "2025-12-31 22:00:00.123456+00",
      '"2025-12-31T22:00:00.123456Z"',
      "datetime",
    ],
    ["TIMESTAMP '2026-01-01 01:02:03'", "2026-01-01 01:02:03", '"2026-01-01T01:02:03"', "datetime"],
    [
      "TIMESTAMP_NS '2026-01-01 00:00:00.123456789'",
      "2026-01-01 00:00:00.123456789",
      '"2026-01-01T00:00:00.123456789"',
      "datetime",
    ],
    ["'infinity'::TIMESTAMP", "infinity", '"infinity"', "datetime"],
    ["DATE '2026-02-03'", "2026-02-03", '"2026-02-03"', "date"],
    ["TIME '01:02:03.5'", "01:02:03.5", '"01:02:03.5"', "time"],
    ["INTERVAL '1 month 2 days 3 seconds'", "1 month 2 days 00:00:03", '"1 month 2 days 00:00:03"', "string"],
    ["'\\xAA\\x00a'::BLOB", "\\xAA\\x00a", '"qgBh"', "string"],
    [
      "uuid '00000000-0000-0000-0000-000000000001'",
      "00000000-0000-0000-0000-000000000001",
      undefined,
      "string",
    ],
    ["'101'::BIT", "101", '"101"', "string"],
    ["[1::DOUBLE, NULL]", "[1.0, NULL]", "[1.0,null]", "array"],
    ["['a', 'it''s']", "['a', 'it''s']", '["a","it\'s"]', "array"],
    [
      "{'a': 9007199254740993, 'b c': [1.50]}",
      "{'a': 9007199254740993, 'b c': [1.50]}",
      '{"a":9007199254740993,"b c":[1.50]}',
      "object",
    ],
    ["map {'k': 1}", "{'k'=1}", '[{"key":"k","value":1}]', "array"],
    ["union_value(num := 1)", "1", "1", "any"],
    ["'{\"a\": 1.0}'::JSON", '{"a": 1.0}', '{"a":1.0}', "any"],
    ["[1, 2]::INTEGER[2]", "[1, 2]", "[1,2]", "array"],
    ["'b'::ENUM('a', 'b')", "b", '"b"', "string"],
  ])(
    "%s is %s",
    async (expression, text, json = expression.startsWith("uuid") ? `"${text}"` : text, type = "") => {
      const run = await bed.run(`SELECT ${expression} AS v`);
      const { data, schema } = resourceOf(run);
      expect(String(run.result["text/plain"]).split("\n")[2]?.trim()).toBe(text);
      expect(encodeJson(data ?? null)).toBe(`[{"v":${json}}]`);
      expect(encodeJson(schema ?? null)).toContain(`"type":"${type}"`);
    },
  );
});

describe("a result", () => {
  it("is a table in three forms", async () => {
    const run = await bed.run("SELECT 1 AS id, 'x' AS \"a<b\" UNION ALL SELECT 20, NULL ORDER BY id");
    expect(run.result["text/plain"]).toBe("id  a<b\n──  ────\n 1  x\n20  NULL\n(2 rows)");
    expect(run.result["text/html"]).toContain('<th title="VARCHAR">a&lt;b</th>');
    expect(resourceOf(run)["notemill"]).toEqual({ shown: 2, counted: 2, complete: true });
  });

  it("keeps columns of one name apart", async () => {
    const { data, schema } = resourceOf(await bed.run("SELECT 1 AS a, 2 AS a"));
    expect(data).toEqual([{ a: 1, "a:1": 2 }]);
    expect(encodeJson(schema ?? null)).toContain("title");
  });

  it.each([
    ["FROM range(101)", 100, "(first 100 of 101 rows)"],
    ["-- notemill: limit 2\nFROM range(5)", 2, "(first 2 of 5 rows)"],
    ["-- notemill: limit 0\nFROM range(5)", 0, "(first 0 of 5 rows)"],
    ["SET VARIABLE notemill_limit = 3; FROM range(5)", 3, "(first 3 of 5 rows)"],
    ["SET VARIABLE notemill_limit = 'all'; FROM range(3)", 3, "(3 rows)"],
    ["RESET VARIABLE notemill_limit; FROM range(0)", 0, "(0 rows)"],
  ])("of %j is cut, and says so", async (code, shown, note) => {
    const run = await bed.run(code);
    const lines = String(run.result["text/plain"]).split("\n");
    expect([lines.length - 3, lines.at(-1)]).toEqual([shown, note]);
    expect(run.result["text/html"]).toContain(note.slice(1, -1));
  });

  it("of a hundred million rows is not read to its end, nor held in memory", async () => {
    const run = await bed.run(
      "-- notemill: limit 2\nSELECT range, repeat('x', 100) AS text FROM range(100000000)",
    );
    expect(String(run.result["text/plain"]).split("\n").at(-1)).toMatch(
      /^\(first 2 of more than 1,\d{3},\d{3} rows\)$/,
    );
    expect(resourceOf(run)["notemill"]).toMatchObject({ shown: 2, complete: false });
    expect((await bed.run("SELECT 1")).reply.status).toBe("ok");
  });

  it("of many statements is that of the last; the others are a line each", async () => {
    const run = await bed.run(
      "CREATE TABLE numbers AS FROM range(3) t(n);\nINSERT INTO numbers VALUES (10), (11);\n" +
        "SELECT n FROM\n numbers;\nUPDATE numbers SET n = 0;\nSELECT count(*) AS c FROM numbers;\nDROP TABLE numbers",
    );
    expect(run.printed.split("\n")).toEqual([
      "2 rows changed: INSERT INTO numbers VALUES (10), (11)",
      "5 rows changed: UPDATE numbers SET n = 0",
      "5 rows: SELECT n FROM numbers",
      "",
    ]);
    expect(run.result["text/plain"]).toBe("c\n─\n5\n(1 row)");
  });

  it("of a statement that changes rows is of all of them, however few are shown", async () => {
    const run = await bed.run(
      "CREATE TABLE big (n BIGINT);\n-- notemill: limit 1\nINSERT INTO big FROM range(300000) RETURNING n",
    );
    expect(String(run.result["text/plain"])).toContain("(first 1 of 300,000 rows)");
    expect((await bed.run("SELECT count(*) AS c FROM big")).result["text/plain"]).toContain("300000");
  });
});
