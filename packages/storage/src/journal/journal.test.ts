import { appendFileSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Journal, openJournal, readJournal } from "./journal.ts";

describe("a journal", () => {
  let directory: string;
  let path: string;
  const opened: Journal[] = [];
  const open = async (): Promise<Journal> => {
    const journal = await openJournal(path);
    opened.push(journal);
    return journal;
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "notemill-journal-"));
    path = join(directory, "journal");
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((journal) => journal[Symbol.asyncDispose]()));
    await rm(directory, { recursive: true });
  });

  it("gives back the texts in the order of the calls", async () => {
    const journal = await open();
    await Promise.all(["1", '"é"', "[]"].map((text) => journal.append(text)));
    await journal.append("null", { durable: true });
    expect(await readJournal(path)).toEqual(["1", '"é"', "[]", "null"]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("puts a text of several lines on one, which says the same", async () => {
    const journal = await open();
    const value = { a: ["x\n", 1] };
    await journal.append(JSON.stringify(value, null, 1).replaceAll("\n", "\r\n"));
    const lines = await readJournal(path);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([value]);
  });

  it("goes on after what is there, and forgets it when truncated", async () => {
    const first = await open();
    await first.append("1");
    await first.close();
    const second = await open();
    await second.append("2");
    expect(await readJournal(path)).toEqual(["1", "2"]);
    await second.truncate();
    expect(await readJournal(path)).toEqual([]);
    await second.append("3");
    expect(await readJournal(path)).toEqual(["3"]);
  });

  it.each([
    ["a line without its end", '{"a": 1', ["1"]],
    ["blocks that were never written", "\0".repeat(5000), ["1"]],
    ["such blocks and a line behind them", '\0\0\n"lost"\n', ["1"]],
    ["half a character", Buffer.from([0x22, 0xc3]), ["1"]],
    ["nothing", "", ["1"]],
  ])("leaves out %s, and what comes later is whole", async (_what, torn, before) => {
    writeFileSync(path, "1\n");
    appendFileSync(path, torn);
    expect(await readJournal(path)).toEqual(before);
    const journal = await open();
    await journal.append("2");
    expect(await readJournal(path)).toEqual([...before, "2"]);
    expect(readFileSync(path, "utf8")).toBe("1\n2\n");
  });

  it("is empty where there is no file, and can be removed", async () => {
    expect(await readJournal(path)).toEqual([]);
    const journal = await open();
    await journal.append("1");
    await journal.remove();
    expect(await readJournal(path)).toEqual([]);
    await expect(journal.append("2")).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
  });

  it("is removed though its file is gone", async () => {
    const journal = await open();
    await journal.append("1");
    unlinkSync(path);
    await journal.remove();
    expect(await readJournal(path)).toEqual([]);
  });

  it("does not write through a link", async () => {
    writeFileSync(join(directory, "victim"), "precious");
    symlinkSync("victim", path);
    await expect(openJournal(path)).rejects.toMatchObject({ code: "STORAGE_PATH_INVALID" });
    expect(readFileSync(join(directory, "victim"), "utf8")).toBe("precious");
  });

  it("needs its directory", async () => {
    await expect(openJournal(join(directory, "missing/journal"))).rejects.toMatchObject({
      code: "STORAGE_NO_DIRECTORY",
    });
  });
});
