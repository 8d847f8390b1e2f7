import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTarPacker } from "modern-tar";
import { placeEmptyDatabase } from "../../../tests/support/empty-database.ts";
import { archiveText } from "../src/records/archive/archive-form.ts";
import { sha256Of } from "../src/records/write-once.ts";
import { importArchive } from "../src/records/import/import-archive.ts";

const FIRST = "019a0000-0000-7000-8000-000000000001";
const SECOND = "019a0000-0000-7000-8000-000000000002";
const AT = "2026-11-02T03:04:05.000Z";

/** What somebody who makes an archive by hand may say. */
interface Forged {
  readonly run: string;
  readonly seq: number;
  readonly previous: string | null;
  readonly attempt?: number;
  /** Default: as the folder has it. */
  readonly saidRun?: string;
  readonly saidAttempt?: number;
  /** Default: the run. */
  readonly archiveOf?: string;
}

describe("archives that somebody made by hand", () => {
  let dataDirectory = "";
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), "notemill-forged-"));
    await mkdir(join(dataDirectory, "runs"));
    await placeEmptyDatabase(join(dataDirectory, "db"));
  });
  afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

  const manifestOf = ({ run, seq, previous, attempt = 1, saidRun, saidAttempt }: Forged): Buffer => {
    const manifest = {
      format: "notemill.record/1",
      seq,
      previous_sha256: previous,
      run: { id: saidRun ?? run, owner: "ann", path: "/home/ann/a.ipynb", created_at: AT },
      attempt: { number: saidAttempt ?? attempt, status: "succeeded", created_at: AT, finished_at: AT },
      source: { sha256: "0".repeat(64) },
      files: [],
    };
    return Buffer.from(JSON.stringify(manifest));
  };
  const take = (forged: Forged): ReturnType<typeof importArchive> => {
    const { run, seq, attempt = 1, archiveOf = run } = forged;
    const manifest = manifestOf(forged);
    const directory = `2026/11/${run}/${attempt}`;
    const list = Buffer.from(archiveText(archiveOf, [{ seq, sha256: sha256Of(manifest), directory }]));
    const { readable, controller } = createTarPacker();
    const pack = async (): Promise<void> => {
      for (const [name, bytes] of [
        ["archive.json", list] as const,
        [`${directory}/manifest.json`, manifest] as const,
      ]) {
        const body = controller.add({ name, size: bytes.length }).getWriter();
        await body.write(new Uint8Array(bytes));
        await body.close();
      }
      controller.finalize();
    };
    // Who refuses an archive does not read it to its end.
    void pack().catch(() => undefined);
    return importArchive({ dataDirectory, bytes: readable, acceptDamage: true });
  };

  it("change no run that is there, and take no place far ahead", async () => {
    const first: Forged = { run: FIRST, seq: 1, previous: null };
    const chained = sha256Of(manifestOf(first));
    expect(await take(first)).toMatchObject({ imported: 1, damage: [] });
    expect(await take(first)).toMatchObject({ imported: 0, damage: [] });
    expect(await take({ run: FIRST, seq: 2, previous: chained, attempt: 2 })).toMatchObject({
      imported: 0,
      damage: [{ message: expect.stringContaining("is of a run that the database has") as string }],
    });
    const far = await take({ run: SECOND, seq: 1_000_002, previous: null });
    expect([far.imported, far.damage.map(({ message }) => message)]).toEqual([
      0,
      expect.arrayContaining([expect.stringContaining("more than 1000000 behind")]),
    ]);
    expect(await take({ run: SECOND, seq: 2, previous: chained })).toMatchObject({ imported: 1, damage: [] });
  });

  it.each([
    ["another run", { saidRun: FIRST }, "lies in another folder"],
    ["another attempt", { saidAttempt: 2 }, "lies in another folder"],
    ["a place behind all that there can be", { seq: 2 ** 31 - 1 }, "is no place in a chain"],
    ["a place before the first", { seq: 0 }, "is no place in a chain"],
    ["a folder of another run than the archive's", { archiveOf: FIRST }, "is no folder of its run"],
  ])("are refused where a record says that it is of %s", async (_what, more, message) => {
    await expect(take({ run: SECOND, seq: 3, previous: null, ...more })).rejects.toMatchObject({
      code: "ARCHIVE_INVALID",
      message: expect.stringContaining(message) as string,
    });
  });
});
