import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSql } from "./sql-bed.ts";
import type { SqlBed } from "./sql-bed.ts";

const outside = mkdtempSync(join(tmpdir(), "sql-outside-"));
const granted = mkdtempSync(join(tmpdir(), "sql-granted-"));
let bed: SqlBed;
beforeAll(async () => {
  bed = await startSql({ NOTEMILL_SQL_ALLOW: granted });
  mkdirSync(join(bed.cwd, "data"));
  writeFileSync(join(bed.cwd, "data", "a.csv"), "x,y\n1,2\n");
  writeFileSync(join(outside, "secret.csv"), "x\ncanary\n");
  writeFileSync(join(granted, "b.csv"), "x\n7\n");
  symlinkSync(join(outside, "secret.csv"), join(bed.cwd, "link.csv"));
  symlinkSync(outside, join(bed.cwd, "linked"));
});
afterAll(async () => {
  await bed[Symbol.asyncDispose]();
  rmSync(outside, { recursive: true });
  rmSync(granted, { recursive: true });
});

describe("a SQL kernel reaches", () => {
  it.each([
    "FROM 'data/a.csv'",
    "FROM './data/../data/a.csv'",
    "COPY (SELECT 1 AS a) TO 'out.parquet'; FROM 'out.parquet'",
    "COPY (SELECT 1 AS a) TO 'out.csv'",
    "FROM glob('data/*')",
    "ATTACH 'own.db'; CREATE TABLE own.t AS SELECT 1; DETACH own",
    "EXPORT DATABASE 'exported'",
  ])("its working directory: %s", async (code) => {
    expect(await bed.run(code)).toMatchObject({ reply: { status: "ok" } });
  });

  it("what it was granted beside that", async () => {
    expect((await bed.run(`FROM '${granted}/b.csv'`)).result["text/plain"]).toContain("7");
  });

  it("session settings that are not the database's", async () => {
    expect((await bed.run("CREATE SCHEMA s; USE s; SET VARIABLE v = 1; USE main")).reply.status).toBe("ok");
  });
});

describe("a SQL kernel refuses", () => {
  it.each([
    "FROM read_csv('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/proc/self/environ')",
    "FROM read_csv('file:///etc/passwd')",
    "FROM read_text('/dev/stdin')",
    "FROM sniff_csv('/etc/passwd')",
    "FROM parquet_metadata('/etc/passwd')",
    "FROM glob('/etc/*')",
    "FROM read_text('../../../../../../etc/passwd')",
    "FROM read_text('linked/secret.csv')",
    "FROM 'link.csv'",
    `FROM read_text('${outside}/secret.csv')`,
    `COPY (SELECT 1) TO '${outside}/x.csv'`,
    "COPY (SELECT 1) TO '../x.csv'",
    "COPY (SELECT 1) TO 'linked/x.csv'",
    `COPY (SELECT 1 AS a) TO '${outside}/x' (FORMAT parquet, PARTITION_BY (a))`,
    "COPY (SELECT 1) TO '/etc/x'",
    `ATTACH '${outside}/x.db'`,
    "ATTACH 'linked/x.db'",
    `EXPORT DATABASE '${outside}/exported'`,
    `IMPORT DATABASE '${outside}'`,
    "FROM 'https://localhost/a.csv'",
    "FROM 's3://bucket/a.parquet'",
    "INSTALL httpfs",
    "INSTALL spatial FROM community",
    "LOAD httpfs",
    "LOAD './x.duckdb_extension'",
    "CREATE PERSISTENT SECRET p (TYPE s3, KEY_ID 'x')",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET allowed_directories = ['/']",
    "SET memory_limit = '100GB'",
    "SET temp_directory = '/etc'",
    "SET home_directory = '/etc'",
    "SET profiling_output = '/tmp/p'",
    "PRAGMA profile_output = '/tmp/p'",
    "SET log_query_path = '/tmp/p'",
    "SET autoinstall_known_extensions = true",
    "SET allow_unsigned_extensions = true",
    "SELECT getenv('HOME')",
  ])("%s", async (code) => {
    const { reply, result } = await bed.run(code);
    expect({ status: reply.status, result }).toEqual({ status: "error", result: {} });
  });

  it("and has changed nothing there", () => {
    expect(readFileSync(join(outside, "secret.csv"), "utf8")).toBe("x\ncanary\n");
    for (const name of ["x", "x.csv", "x.db", "exported"])
      expect(existsSync(join(outside, name))).toBe(false);
  });

  it("to use more memory than it may", async () => {
    await using small = await startSql({ NOTEMILL_SQL_MEMORY: "64MB", NOTEMILL_SQL_THREADS: "1" });
    const { reply } = await small.run(
      "SELECT length(string_agg(repeat(range::VARCHAR, 100), '')) FROM range(2000000)",
    );
    expect(reply).toMatchObject({ status: "error", ename: expect.stringMatching(/Memory/) });
    expect((await small.run("SELECT 1")).reply.status).toBe("ok");
  });
});
