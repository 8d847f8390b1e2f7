import { expect, it } from "vitest";
import { type TableRequest, tableStatements } from "./table-request.ts";

const request: TableRequest = {
  id: 1,
  file: "a-1.csv",
  format: "csv",
  sort: null,
  filters: [],
  offset: 0,
  limit: 10,
};

it("asks for a page and its count, with names quoted and values apart", () => {
  const sort = { column: 'a"; drop', direction: "desc" } as const;
  const filters = [{ column: "b", is: "contains", value: "' or 1" }] as const;
  expect(tableStatements({ ...request, sort, filters, offset: 20 }, ['a"; drop', "b"])).toEqual({
    rows: {
      sql: `SELECT * FROM read_csv('a-1.csv') WHERE contains(lower(CAST("b" AS VARCHAR)), lower($1)) ORDER BY "a""; drop" DESC NULLS LAST LIMIT 10 OFFSET 20`,
      values: ["' or 1"],
    },
    count: {
      sql: `SELECT count(*) FROM read_csv('a-1.csv') WHERE contains(lower(CAST("b" AS VARCHAR)), lower($1))`,
      values: ["' or 1"],
    },
  });
});

it.each([
  [{ sort: { column: "x", direction: "asc" } }, /no column "x"; there are a, b/],
  [{ file: "../etc/passwd" }, /plain name/],
  [{ file: "a'.csv" }, /plain name/],
  [{ offset: -1 }, /whole number/],
] as const)("refuses %j", (more, why) => {
  expect(() => tableStatements({ ...request, ...more }, ["a", "b"])).toThrow(why);
});
