import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSql } from "./sql-bed.ts";
import type { SqlBed } from "./sql-bed.ts";

let bed: SqlBed;
beforeAll(async () => {
  bed = await startSql();
});
afterAll(() => bed[Symbol.asyncDispose]());

describe("a SQL kernel lives through", () => {
  it.each([
    ["a statement of ten megabytes", `SELECT length('${"x".repeat(10_000_000)}') AS n`, "ok"],
    ["ten megabytes of nothing", `${";".repeat(5_000_000)}${"-".repeat(5_000_000)}`, "ok"],
    ["parentheses that open for ever", `SELECT ${"(".repeat(100_000)}`, "error"],
    ["deep nesting", `SELECT ${"(".repeat(5_000)}1${")".repeat(5_000)}`, "any"],
    ["a deep list", `SELECT ${"[".repeat(200)}1${"]".repeat(200)}`, "any"],
    ["a long mistake", `SELECT ${"x".repeat(1_000_000)}`, "error"],
    ["a value of fifty megabytes", "SELECT repeat('x', 50000000) AS x", "ok"],
    [
      "a thousand columns",
      `SELECT ${Array.from({ length: 1_000 }, (_, i) => `${i} AS c${i}`).join(", ")}`,
      "ok",
    ],
    ["NUL characters", "SELECT 'a\0b'", "any"],
    ["lone surrogates", "SELECT '\ud800'", "any"],
    ["control characters", "SELECT chr(27) || '[31m' AS x", "ok"],
  ])("%s", async (_what, code, status) => {
    const { reply, result } = await bed.run(code);
    if (status !== "any") expect(reply.status).toBe(status);
    expect(String(result["text/html"]).length).toBeLessThan(200_000);
    expect((await bed.run("SELECT 40 + 2 AS v")).result["text/plain"]).toBe(" v\n──\n42\n(1 row)");
  });
});
