import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSql } from "./sql-bed.ts";
import type { SqlBed } from "./sql-bed.ts";

let bed: SqlBed;
beforeAll(async () => {
  bed = await startSql();
});
afterAll(() => bed[Symbol.asyncDispose]());

describe("a failure", () => {
  it.each([
    ["select 1;\nselect nope", "Binder Error", "LINE 2: select nope\n               ^"],
    ["-- é\nselect 'é', nope", "Binder Error", "LINE 2: select 'é', nope\n                    ^"],
    ["selec 1", "Parser Error", "LINE 1: selec 1\n        ^"],
    ["select * from nowhere", "Catalog Error", "LINE 1: select * from nowhere\n                      ^"],
    ["select 'x'::int", "Conversion Error", "LINE 1: select 'x'::int\n                  ^"],
    ["select error('no')", "Invalid Input Error", "no"],
    ["select ?", "Invalid Input Error", "Values were not provided"],
    ["-- notemill: glu x\nselect 1", "SQL_DIRECTIVE_INVALID", "is no directive"],
  ])("of %j says what and where", async (code, ename, place) => {
    const { reply } = await bed.run(code);
    expect(reply).toMatchObject({ status: "error", ename });
    expect(reply.status === "error" ? reply.traceback.join("\n") : "").toContain(place);
  });

  it("leaves what the statements before it did", async () => {
    await bed.run("create table kept (a int); select nope; create table never (a int)");
    const { result } = await bed.run("select table_name from duckdb_tables()");
    expect(result["text/plain"]).toBe("table_name\n──────────\nkept\n(1 row)");
  });

  it("in a transaction asks for a rollback, and nothing else breaks", async () => {
    await bed.run("begin");
    await bed.run("create table half (a int); insert into half values ('x')");
    expect((await bed.kernel.complete("SELECT cou", 10)).cursor_end).toBe(10);
    expect((await bed.run("rollback")).reply.status).toBe("ok");
    expect((await bed.run("select 1")).reply.status).toBe("ok");
  });
});
