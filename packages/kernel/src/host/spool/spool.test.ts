import { mkdtemp, readdir, rm } from "node:fs/promises";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFrames } from "../frame-codec.ts";
import { readSpool } from "./read-spool.ts";
import { SpoolCursor } from "./spool-cursor.ts";
import type { SpoolSettings } from "./spool.ts";
import { Spool } from "./spool.ts";
import { segmentPaths } from "./spool-segment.ts";

let root = "";
let open: Spool[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "notemill-spool-"));
});

afterEach(async () => {
  for (const spool of open) await spool.close();
  open = [];
  await rm(root, { recursive: true, force: true });
});

describe("a spool", () => {
  it("gives every record once and in order, whatever is written when and read from where", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("append" as const), bytes: fc.nat(700) }),
      fc.record({ do: fc.constant("take" as const), bytes: fc.integer({ min: 1, max: 2_000 }) }),
      fc.record({ do: fc.constant("flush" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (steps, from) => {
          const directory = await mkdtemp(join(root, "s-"));
          const spool = makeSpool({ segmentBytes: 1_000 }, directory);
          const cursor = new SpoolCursor(spool, from);
          const read: number[] = [];
          for (const it of steps) {
            if (it.do === "append") spool.append({ type: "message" }, [Buffer.alloc(it.bytes)], "output");
            else if (it.do === "take") read.push(...(await take(cursor, it.bytes)));
            else await spool.flushed();
          }
          read.push(...(await takeAll(cursor)));
          await cursor.close();
          const last = spool.nextSequence - 1;
          expect(read).toEqual(numbers(from, last));
          await spool.close();
          expect(await sequencesOnDisk(directory)).toEqual(numbers(1, last));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("deletes the files with nothing but what was acknowledged", async () => {
    const spool = makeSpool({ segmentBytes: 1_000 });
    await appendEach(spool, 10, 600);
    expect(await files()).toHaveLength(5);
    spool.acknowledge(5);
    await spool.close();
    expect(await files()).toHaveLength(3);
    expect(await sequencesOnDisk(root)).toEqual(numbers(5, 10));
    expect(spool.firstSequence).toBe(5);
  });

  it("deletes the newest file too, once there is a newer one", async () => {
    const spool = makeSpool({ segmentBytes: 1 });
    await appendEach(spool, 3, 600);
    spool.acknowledge(3);
    expect(spool.firstSequence).toBe(3);
    await appendEach(spool, 1, 600);
    expect(spool.firstSequence).toBe(4);
    await spool.close();
    expect(await sequencesOnDisk(root)).toEqual([4]);
  });

  it("says when more waits for the disk than should, and when that is over", async () => {
    const said: boolean[] = [];
    const spool = new Spool(
      root,
      { memoryBytes: 8_000 },
      { onAppended() {}, onFailed() {}, onBacklog: (isLong) => void said.push(isLong) },
    );
    for (let i = 0; i < 3; i++) spool.append({ type: "message" }, [Buffer.alloc(600)], "output");
    expect(said).toEqual([]);
    spool.append({ type: "message" }, [Buffer.alloc(600)], "output");
    expect(said).toEqual([true]);
    await spool.close();
    expect(said.at(-1)).toBe(false);
  });

  it("makes room by what was delivered, and tells a reader of old by a gap", async () => {
    const spool = makeSpool({ limitBytes: 5_000, segmentBytes: 1_000 });
    await appendEach(spool, 6, 600);
    spool.deliver(6);
    await appendEach(spool, 6, 600);
    const sequences = await readAll(spool);
    expect(sequences.at(-1)).toBe(12);
    expect(sequences[0]).toBeGreaterThan(1);
    expect(sequences).toEqual(numbers(sequences[0] ?? 0, 12));
  });

  it("leaves output out where nothing makes room, and never what says how things went", async () => {
    const spool = makeSpool({ limitBytes: 3_000, segmentBytes: 1_000 });
    await appendEach(spool, 10, 600);
    const reply = spool.append({ type: "message" }, [Buffer.alloc(600)], "essential");
    const sequences = await readAll(spool);
    expect(sequences).toEqual([...numbers(1, 5), reply]);
  });

  it("takes output again once there is room", async () => {
    const spool = makeSpool({ limitBytes: 3_000, segmentBytes: 1_000 });
    await appendEach(spool, 10, 600);
    spool.acknowledge(4);
    await appendEach(spool, 1, 600);
    expect((await readAll(spool)).at(-1)).toBe(11);
  });

  it("goes on in memory when the disk takes nothing, tells so once, and drops what was delivered first", async () => {
    const directory = join(root, "gone");
    const failures: string[] = [];
    const spool = makeSpool({ memoryBytes: 3_000 }, directory, (error) => failures.push(error.message));
    await spool.flushed();
    await rm(directory, { recursive: true });
    await appendEach(spool, 4, 600);
    expect(failures).toHaveLength(1);
    expect(spool.isFailed).toBe(true);
    expect(await readAll(spool)).toEqual([1, 2, 3, 4]);
    spool.deliver(2);
    await appendEach(spool, 3, 600);
    expect(await readAll(spool)).toEqual([3, 4, 5, 6, 7]);
    await appendEach(spool, 3, 600);
    spool.append({ type: "message" }, [], "essential");
    expect(await readAll(spool)).toEqual([3, 4, 5, 6, 7, 11]);
    expect(failures).toHaveLength(1);
  });

  it("keeps a record that is larger than any file or read", async () => {
    const spool = makeSpool({ segmentBytes: 1_000 });
    spool.append({ type: "message" }, [Buffer.alloc(100_000, 7)], "output");
    spool.append({ type: "message" }, [Buffer.alloc(1)], "output");
    await spool.flushed();
    const cursor = new SpoolCursor(spool, 1);
    const chunk = await cursor.take(100);
    await cursor.close();
    const { frames } = readFrames(Buffer.concat(chunk?.buffers ?? []));
    expect(frames.map(({ parts }) => parts[0]?.length)).toEqual([100_000]);
  });
});

describe("readSpool", () => {
  it("ends where a record was only half written", async () => {
    const spool = makeSpool({});
    await appendEach(spool, 3, 10);
    await spool.close();
    const [path = ""] = await segmentPaths(root);
    await appendFile(path, Buffer.from([0, 0, 1, 0, 0, 0, 0, 9]));
    expect(await sequencesOnDisk(root)).toEqual([1, 2, 3]);
  });

  it("finds nothing where there is no directory", async () => {
    expect(await sequencesOnDisk(join(root, "none"))).toEqual([]);
  });
});

function makeSpool(
  settings: SpoolSettings,
  directory = root,
  onFailed: (error: Error) => void = () => {},
): Spool {
  const spool = new Spool(directory, settings, { onAppended: () => {}, onFailed });
  open.push(spool);
  return spool;
}

/** Appends records one by one, each on disk, or known not to get there, before the next. */
async function appendEach(spool: Spool, count: number, bytes: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    spool.append({ type: "message" }, [Buffer.alloc(bytes)], "output");
    await spool.flushed();
  }
}

async function take(cursor: SpoolCursor, bytes: number): Promise<readonly number[]> {
  const chunk = await cursor.take(bytes);
  if (!chunk) return [];
  const sequences = readFrames(Buffer.concat(chunk.buffers)).frames.map(({ header }) =>
    Number(header["sequence"]),
  );
  expect(sequences.at(-1)).toBe(chunk.lastSequence);
  return sequences;
}

async function takeAll(cursor: SpoolCursor): Promise<readonly number[]> {
  const all: number[] = [];
  for (;;) {
    const some = await take(cursor, 1_000);
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function readAll(spool: Spool): Promise<readonly number[]> {
  const cursor = new SpoolCursor(spool, 1);
  const all = await takeAll(cursor);
  await cursor.close();
  return all;
}

async function sequencesOnDisk(directory: string): Promise<readonly number[]> {
  const sequences: number[] = [];
  for await (const { header } of readSpool(directory, 1)) sequences.push(Number(header["sequence"]));
  return sequences;
}

async function files(): Promise<readonly string[]> {
  return (await readdir(root)).filter((name) => name.endsWith(".spool"));
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
