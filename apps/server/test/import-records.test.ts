import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeEmptyDatabase } from "../../../tests/support/empty-database.ts";
import { sha256Of } from "../src/records/write-once.ts";
import { importRecords } from "../src/records/import/import-records.ts";
import { filesOf, folderOf, type Forged, manifestOf } from "./forged-records.ts";

let directory = "";
const data = (...names: readonly string[]): string => join(directory, "data", ...names);
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "notemill-records-"));
  await mkdir(data("runs"), { recursive: true });
  await placeEmptyDatabase(data("db"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const OUTSIDE = "not of the records";
const outside = { sha256: sha256Of(Buffer.from(OUTSIDE)), size: OUTSIDE.length };
const log = { files: { "log.txt": OUTSIDE } };

/** What is said that is not so, and what is said of that; `null`: it is taken as it is. */
const FORGED: readonly (readonly [what: string, more: Partial<Forged>, reason: string | null])[] = [
  ["nothing", log, null],
  ["a status in which no attempt ends", { ofAttempt: { status: "running" } }, '"running" is no way'],
  ["a source elsewhere", { more: { source: { sha256: "../../db" } } }, '"../../db" is no hash'],
  ["a time that is none", { ofAttempt: { finished_at: "soon" } }, "it has no time"],
  ["a time that no calendar has", { ofRun: { created_at: "+275760-09-13T00:00:00.000Z" } }, "was left out"],
  ["a run that is none", { ofRun: { rerun_of: "the last one" } }, '"the last one" is no id'],
  ["text that no database takes", { ofRun: { owner: "a\u0000" } }, "was left out"],
  ["an attempt behind all", { attempt: 99_999_999_999 }, "was left out"],
  ["a size", { ...log, saidFiles: [{ name: "log.txt", ...outside, size: 3 }] }, "has other bytes"],
  ["a file outside", { saidFiles: [{ name: "../../../../../../outside", ...outside }] }, "cannot be read"],
  ["a file that is a link", { saidFiles: [{ name: "link", ...outside }] }, "cannot be read"],
  ["parameters without an end", { more: { deep: "DEEP" } }, "cannot be read"],
];

it("takes of a data directory what is so, says what is not, and reads nothing outside", async () => {
  await writeFile(join(directory, "outside"), OUTSIDE);
  let previous: string | null = null;
  const records: (readonly [Forged, string | null])[] = [];
  for (const [index, [, more, reason]] of FORGED.entries()) {
    const run = `019a0000-0000-7000-8000-${`${index}`.padStart(12, "0")}`;
    const forged: Forged = { run, seq: index + 1, previous, ...more };
    for (const [path, bytes] of filesOf(forged)) {
      await mkdir(dirname(data("runs", path)), { recursive: true });
      const text = bytes.toString("utf8").replace('"DEEP"', "[".repeat(1_000_000));
      await writeFile(data("runs", path), text);
    }
    if (JSON.stringify(more).includes('"link"'))
      await symlink(join(directory, "outside"), data("runs", folderOf(forged), "link"));
    previous = sha256Of(manifestOf(forged));
    records.push([forged, reason]);
  }
  const huge = data("runs", "2026", "11", "019a0000-0000-7000-8000-00000000ffff", "1");
  await mkdir(huge, { recursive: true });
  await writeFile(join(huge, "manifest.json"), "{}");
  await truncate(join(huge, "manifest.json"), 2 ** 40);
  await mkdir(data("runs", "2026", "11", "not-a-run", "1"), { recursive: true });
  await writeFile(
    data("runs", "2026", "11", "not-a-run", "1", "manifest.json"),
    manifestOf({ run: "not-a-run", seq: 90, previous: null }),
  );

  const outcome = await importRecords({ dataDirectory: data(), acceptDamage: true });
  const saidOf = (folder: string): string =>
    outcome.damage
      .filter(({ path }) => path.startsWith(`${folder}/`) || path === folder)
      .map(({ message }) => message)
      .join("; ");
  for (const [forged, reason] of records) {
    if (reason === null) expect(saidOf(folderOf(forged))).toBe("");
    else expect(saidOf(folderOf(forged))).toContain(reason);
  }
  expect(saidOf("2026/11/019a0000-0000-7000-8000-00000000ffff/1")).toContain("cannot be read");
  expect(saidOf("2026/11/not-a-run/1")).toContain("is no id of a run");
  // The first, and those of which only files are not what they should be.
  expect(outcome.imported).toBe(4);
  // Without leave nothing at all, though the first is whole.
  await rm(data("db"), { recursive: true });
  await placeEmptyDatabase(data("db"));
  expect(await importRecords({ dataDirectory: data() })).toMatchObject({ imported: 0 });
  expect(await importRecords({ dataDirectory: data(), acceptDamage: true })).toMatchObject({ imported: 4 });
});

it("imports once where two do it at once, and says to the other who has the database", async () => {
  const place = join(directory, "twice");
  await mkdir(place);
  await placeEmptyDatabase(join(place, "db"));
  // A server writes a manifest as long as what it says, which may be much.
  const more = { long: "x".repeat(33 * 2 ** 20) };
  const record = { run: "019a0000-0000-7000-8000-000000000001", seq: 1, previous: null, more };
  for (const [path, bytes] of filesOf(record)) {
    await mkdir(dirname(join(place, "runs", path)), { recursive: true });
    await writeFile(join(place, "runs", path), bytes);
  }
  const both = await Promise.allSettled([1, 2].map(() => importRecords({ dataDirectory: place })));
  expect(both.flatMap((it) => (it.status === "fulfilled" ? [it.value.imported] : []))).toEqual([1]);
  expect(both.flatMap((it) => (it.status === "rejected" ? [it.reason] : []))).toEqual([
    expect.objectContaining({ code: "STORE_LOCKED" }),
  ]);
});
