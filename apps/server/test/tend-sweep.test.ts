import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFsStore, readAll, type Store } from "@notemill/storage";
import { completeAttempt, getRun, noteRecordFile, openPglite, submitSweep } from "@notemill/store";
import { expect, it } from "vitest";
import { ADVANCING, at, coreOf, ending, newId, newRun, SETTINGS } from "../../../packages/store/test/core.ts";
import { placeEmptyDatabase } from "../../../tests/support/empty-database.ts";
import type { Platform } from "../src/platform.ts";
import { OUTPUT_NAME, RECORD_FORM } from "../src/records/record-form.ts";
import { sha256Of } from "../src/records/write-once.ts";
import { tendSweeps } from "../src/sweeps/tend-sweep.ts";

it("leaves no run out of the summary that ends while the notebooks of others are read", async () => {
  await using cleanup = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "notemill-tend-sweep-"));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  await placeEmptyDatabase(join(directory, "db"));
  const driver = cleanup.use(await openPglite(join(directory, "db")));
  await driver.query(
    "insert into source (hash, path, owner, created_at) values ('s1', '/home/ann/a.ipynb', 'ann', $1)",
    [at(0)],
  );
  await mkdir(join(directory, "runs"));
  const files = openFsStore(join(directory, "runs"));
  const core = coreOf(() => driver);
  const { run } = await submitSweep(driver, {
    run: newRun(1),
    concurrency: 2,
    stopOnFailure: false,
    childSettings: SETTINGS,
    children: [1, 2].map((x) => ({ runId: newId(), attemptId: newId(), parameters: `{"x": ${x}}` })),
  });
  const held = [await core.claimOne(2), await core.claimOne(2)];
  for (const child of held) await core.begin(child, 3);
  /** Ends a child as a runner does, with a notebook that recorded a number. */
  const end = async (child: (typeof held)[number], loss: number): Promise<void> => {
    const place = await getRun(driver, child.runId);
    if (place === null) throw new Error("there is no such run");
    const bytes = Buffer.from(JSON.stringify(recorded(loss)));
    await files.write(`${RECORD_FORM.directory(place, { number: 1 })}/${OUTPUT_NAME}`, bytes);
    const file = { name: OUTPUT_NAME, sha256: sha256Of(bytes), size: bytes.byteLength };
    await noteRecordFile(driver, child, file);
    await completeAttempt(driver, child, { ...ending(4), form: RECORD_FORM });
  };
  const [first, last] = held;
  if (first === undefined || last === undefined) throw new Error("there are no two");
  await end(first, 0.25);

  let isLastThere = false;
  /** The store of records. Whoever reads the first notebook sees the last run end meanwhile. */
  const records: Store = {
    ...files,
    async read(path, options) {
      if (!isLastThere) {
        isLastThere = true;
        await end(last, 0.75);
      }
      return files.read(path, options);
    },
  };
  const platform = {
    driver,
    records,
    now: () => at(5),
    newId,
    advancing: ADVANCING,
    writeManifests: () => Promise.resolve(),
    log: { info: () => undefined },
    report: (what: string, error: unknown) => {
      throw new Error(what, { cause: error });
    },
  } as unknown as Platform;
  await tendSweeps(platform);
  expect(isLastThere).toBe(true);
  // The server looks again and again.
  await tendSweeps(platform);
  expect(await getRun(driver, run.id)).toMatchObject({ status: "succeeded" });
  const table = await readAll(files, `${RECORD_FORM.directory(run, { number: 1 })}/metrics.csv`);
  const rows = Buffer.from(table).toString("utf8").trim().split("\r\n");
  expect(
    rows.slice(1).map((row) =>
      row
        .split(",")
        .slice(0, 2)
        .concat(row.split(",")[3] ?? ""),
    ),
  ).toEqual([
    ["1", "succeeded", "0.25"],
    ["2", "succeeded", "0.75"],
  ]);
});

/** A notebook document that recorded a value. */
function recorded(loss: number): object {
  const scrap = { name: "loss", data: loss, encoder: "json", version: 1 };
  const output = {
    output_type: "display_data",
    data: { "application/scrapbook.scrap.json+json": scrap },
    metadata: { scrapbook: { name: "loss", data: true, display: false } },
  };
  const cell = {
    cell_type: "code",
    id: "c0",
    metadata: {},
    source: "",
    execution_count: 1,
    outputs: [output],
  };
  return { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
}
