import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BUNDLED_COMMAND } from "../../kernel/testing/bundled-command.ts";
import { openDatabase } from "../src/database/open-database.ts";

interface Answer {
  readonly error?: string;
  readonly columns: readonly { readonly name: string }[];
  readonly column_count: number;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly row_count: number;
}

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "tables-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What the reader answers, by the order of the requests. */
async function answers(...requests: readonly object[]): Promise<readonly Answer[]> {
  const [program = "", ...args] = BUNDLED_COMMAND;
  const child = spawn(program, [...args, "__table-reader", directory], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const usual = { format: "csv", sort: null, filters: [], offset: 0, limit: 500 };
  child.stdin.end(
    requests.map((request, id) => `${JSON.stringify({ ...usual, ...request, id })}\n`).join(""),
  );
  const [said] = await Promise.all([text(child.stdout), once(child, "exit")]);
  const lines = said.trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Answer);
}

it("shows the first columns of a wide table, cuts its cells to what an answer holds, and sorts by all", async () => {
  const head = Array.from({ length: 600 }, (_, index) => `c${index}`).join(",");
  const row = (mark: number): string => `${"x".repeat(120)},${"1,".repeat(598)}${mark}`;
  const rows = Array.from({ length: 300 }, (_, index) => row(index));
  writeFileSync(join(directory, "wide.csv"), `${head}\n${rows.join("\n")}\n`);
  writeFileSync(join(directory, "long.csv"), `id,text\n1,${"é".repeat(5000)}\n`);
  mkdirSync(join(directory, "spill"));
  writeFileSync(join(directory, "spill", "left-over.tmp"), "x");

  const [wide, first, long, none] = await answers(
    { file: "wide.csv" },
    { file: "wide.csv", limit: 1, filters: [{ column: "c599", is: "equals", value: "7" }] },
    { file: "long.csv" },
    { file: "wide.csv", sort: { column: "none", direction: "asc" } },
  );
  expect(wide).toMatchObject({ column_count: 600, row_count: 300 });
  expect([wide?.columns.length, wide?.columns.at(-1)?.name, wide?.rows.length]).toEqual([500, "c499", 300]);
  expect(new Set(wide?.rows.map((cells) => cells.length))).toEqual(new Set([500]));
  const cell = wide?.rows[0]?.[0] ?? "";
  expect([cell.length, cell.endsWith("…")]).toEqual([Math.floor(2 ** 24 / 150_000) + 1, true]);
  expect([first?.row_count, first?.rows[0]?.[0]]).toEqual([1, "x".repeat(120)]);
  expect(long?.rows).toEqual([["1", `${"é".repeat(1000)}…`]]);
  expect(none?.error).toMatch(/^there is no column "none"; there are c0, .*, c19, …$/);
  expect(existsSync(join(directory, "spill", "left-over.tmp"))).toBe(false);
});

it("puts no more aside than it may", async () => {
  const place = { cwd: directory, spillDirectory: join(directory, "spill"), spillLimit: "2GiB" };
  const settings = { allowedDirectories: [], memoryLimit: "1GiB", threads: 1, timeZone: "UTC" };
  const connection = await openDatabase(place, settings);
  const set = await connection.runAndReadAll("SELECT current_setting('max_temp_directory_size')");
  expect(set.getRows()).toEqual([["2.0 GiB"]]);
  await expect(connection.run("SET max_temp_directory_size = '9GiB'")).rejects.toThrow(/locked/);
  connection.closeSync();
});
