import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeEmptyDatabase } from "../../../tests/support/empty-database.ts";
import { importArchive } from "../src/records/import/import-archive.ts";
import { sha256Of } from "../src/records/write-once.ts";
import { archiveBytes, type Forged, manifestOf } from "./forged-records.ts";

const FIRST = "019a0000-0000-7000-8000-000000000001";
const SECOND = "019a0000-0000-7000-8000-000000000002";
const THIRD = "019a0000-0000-7000-8000-000000000003";
const FOURTH = "019a0000-0000-7000-8000-000000000004";
const FIFTH = "019a0000-0000-7000-8000-000000000005";
const SIXTH = "019a0000-0000-7000-8000-000000000006";
const ATTEMPT = "019a0000-0000-7000-8000-000000000007";

describe("archives that somebody made by hand", () => {
  let dataDirectory = "";
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), "notemill-forged-"));
    await mkdir(join(dataDirectory, "runs"));
    await placeEmptyDatabase(join(dataDirectory, "db"));
  });
  afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

  const takeBytes = (
    bytes: AsyncIterable<Uint8Array>,
    acceptDamage = true,
  ): ReturnType<typeof importArchive> => importArchive({ dataDirectory, bytes, acceptDamage });
  const take = ({ archiveOf, ...forged }: Forged & { readonly archiveOf?: string }) =>
    takeBytes(archiveBytes(archiveOf ?? forged.run, [forged]));

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

  it("come in whole or not at all, and make good what was cut off", async () => {
    const attempts = (attemptId?: string): readonly Forged[] => {
      const said = attemptId === undefined ? {} : { attemptId };
      const first = { run: THIRD, seq: 4, previous: null, ...said };
      const previous = sha256Of(manifestOf(first));
      return [first, { run: THIRD, seq: 5, previous, attempt: 2, ...said }];
    };
    // Nobody can take the second one in: its attempt says that it is the first.
    const cutOff = archiveBytes(THIRD, attempts(ATTEMPT));
    expect(await takeBytes(cutOff)).toMatchObject({
      imported: 0,
      damage: expect.arrayContaining([
        { path: `2026/11/${THIRD}/2`, message: expect.stringContaining("was left out") as string },
      ]) as unknown,
    });
    expect(await takeBytes(archiveBytes(THIRD, attempts()))).toMatchObject({ imported: 2 });
  });

  it("come in side by side, each unpacked by itself, and leave nothing", async () => {
    const [slow, fast] = [
      archiveBytes(FOURTH, [{ run: FOURTH, seq: 7, previous: null }]),
      archiveBytes(FIFTH, [{ run: FIFTH, seq: 9, previous: null }]),
    ];
    const { promise: isDone, resolve: done } = Promise.withResolvers<unknown>();
    const { promise: hasBegun, resolve: begun } = Promise.withResolvers<unknown>();
    async function* held(): AsyncGenerator<Uint8Array> {
      for await (const part of slow) {
        yield part;
        begun(null);
        await isDone;
      }
    }
    const first = takeBytes(held());
    await hasBegun;
    const unpacked = join(dataDirectory, "unpacked");
    const [alive = ""] = await readdir(unpacked);
    const killed = alive.replace(`-${process.pid}-`, "-4194305-");
    await mkdir(join(unpacked, killed, "2026"), { recursive: true });
    // As an earlier version has left it.
    await mkdir(join(unpacked, "2026", "11"), { recursive: true });
    expect(await takeBytes(fast)).toMatchObject({ imported: 1 });
    expect(await readdir(unpacked)).toEqual([alive]);
    done(null);
    expect(await first).toMatchObject({ imported: 1 });
    expect(await readdir(unpacked)).toEqual([]);
  });

  it("tell the truth of a run whose list of its sweep cannot be read", async () => {
    const files = { "sweep.json": "{}", "log.txt": "told" };
    const sweep = { run: SIXTH, seq: 11, previous: null, files };
    const gap = expect.objectContaining({ path: `2026/11/${SIXTH}/1` }) as unknown;
    const taken = await takeBytes(archiveBytes(SIXTH, [sweep]));
    expect(taken).toMatchObject({ imported: 1 });
    expect(taken.damage).toEqual([
      gap,
      {
        path: `2026/11/${SIXTH}/1/sweep.json`,
        message: expect.stringMatching(/the run is here .* is not one that this version reads/) as string,
      },
    ]);
  });
});
