import { afterEach, expect, it } from "vitest";
import { createTableReader, type TableReader, type WantedRows } from "./table-reader.ts";

/** Answers with what it was asked, and is killed in the middle of an answer to what says so. */
const PROGRAM = `
let open = 0;
require("node:readline").createInterface(process.stdin).on("line", (line) => {
  const { id, file } = JSON.parse(line);
  open += 1;
  if (file === "killed.csv") {
    process.stdout.write('{"id":' + id + ',"rows":[["ha', () => process.kill(process.pid, "SIGKILL"));
    return;
  }
  setImmediate(() => {
    const rows = [[file, String(process.pid), String(open)]];
    open -= 1;
    process.stdout.write("no JSON\\n" + JSON.stringify({ id, columns: [], column_count: 0, rows, row_count: 1 }) + "\\n");
  });
});
`;

let reader: TableReader;
afterEach(() => reader[Symbol.asyncDispose]());

function wanted(file: string): WantedRows {
  return { file, format: "csv", sort: null, filters: [], offset: 0, limit: 1 };
}

it("goes on with another process where one is killed in the middle of an answer", async () => {
  reader = createTableReader([process.execPath, "-e", PROGRAM]);
  const [first, killed, next] = await Promise.allSettled(
    ["a.csv", "killed.csv", "b.csv"].map((file) => reader.read(wanted(file))),
  );
  expect(first).toMatchObject({ value: { rows: [["a.csv", expect.any(String), "1"]], row_count: 1 } });
  expect(killed).toMatchObject({ reason: { code: "TABLE_UNREADABLE" } });
  expect(next).toMatchObject({ value: { rows: [["b.csv", expect.any(String), "1"]] } });
});

it("hands over one request at a time, and refuses what would wait for long", async () => {
  reader = createTableReader([process.execPath, "-e", PROGRAM]);
  const asked = await Promise.allSettled(
    Array.from({ length: 18 }, (_, index) => reader.read(wanted(`${index}.csv`))),
  );
  const open = asked.flatMap((it) => (it.status === "fulfilled" ? [it.value.rows[0]?.[2]] : []));
  expect(open).toEqual(Array.from({ length: 16 }, () => "1"));
  for (const refused of asked.slice(16)) expect(refused).toMatchObject({ reason: { code: "TABLES_BUSY" } });
  expect(await reader.read(wanted("later.csv"))).toMatchObject({ row_count: 1 });
});
