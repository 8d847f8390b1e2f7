import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CodeCell, type Notebook, readNotebook } from "@notemill/nbformat";
import { type Location, openLocation, readJournal } from "@notemill/storage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyJournal } from "./apply-journal.ts";
import { parseJournalLine } from "./journal-line.ts";
import { createOutputFile, type OutputFile } from "./output-file.ts";

let directory: string;
let nowMs: number;
let errors: unknown[];
let opened: OutputFile[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "notemill-output-"));
  nowMs = 0;
  errors = [];
  opened = [];
});
afterEach(async () => {
  for (const file of opened) await file.abandon();
  await rm(directory, { recursive: true });
});

const path = (): string => join(directory, "out.ipynb");

/** A notebook under way with one cell for each text that has been printed. */
function printed(...texts: string[]): Notebook {
  const process = { host: "h", pid: 1, started: "2026" };
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { notemill: { status: "running", process } },
    cells: texts.map((text, index): CodeCell => ({
      id: `c${index}`,
      cell_type: "code",
      metadata: {},
      source: "",
      execution_count: null,
      outputs: [{ output_type: "stream", name: "stdout", text }],
    })),
  };
}

/** Opens the output file; its writes to the whole file wait for `gate`. */
function open(options: { journalName?: string | null; gate?: () => Promise<void> } = {}): OutputFile {
  const inner = openLocation(path());
  const location: Location = {
    ...inner,
    async write(chunks, writeOptions) {
      await options.gate?.();
      await inner.write(chunks, writeOptions);
    },
  };
  const file = createOutputFile({
    location,
    nonFinite: "string",
    journalName: options.journalName === undefined ? "j" : options.journalName,
    intervalMs: 1000,
    clock: { now: () => nowMs, after: () => () => undefined },
    onError: (error) => errors.push(error),
  });
  opened.push(file);
  return file;
}

/** What a crash right now would leave: the texts in the file, and those with the journal. */
async function onDisk(): Promise<{ file: readonly string[]; recovered: readonly string[]; names: string }> {
  const { notebook } = readNotebook(await readFile(path(), "utf8"), { newId: () => "new" });
  const { process } = notebook.metadata["notemill"] as { process: object };
  const names = (await readdir(directory)).sort();
  const journals = names.filter((name) => name.includes("journal"));
  const lines = await Promise.all(journals.map((name) => readJournal(join(directory, name))));
  const recovered = applyJournal(notebook, lines.flat().map(parseJournalLine), { ...process }).notebook;
  return { file: textsOf(notebook), recovered: textsOf(recovered), names: names.join(" ") };
}

function textsOf({ cells }: Notebook): readonly string[] {
  return cells.map((cell) => {
    const output = cell.cell_type === "code" ? cell.outputs[0] : undefined;
    return output?.output_type === "stream" ? output.text : "";
  });
}

const LARGE = "x".repeat(5_000_000);

describe("the output file", () => {
  it("is whole at once, and journaled until the next whole file is due", async () => {
    const file = open();
    await file.saveWhole(printed("a", ""));
    nowMs = 500;
    expect(await file.saveChanges(printed("ab", ""))).toBe(true);
    expect(await onDisk()).toMatchObject({ file: ["a", ""], recovered: ["ab", ""] });
    nowMs = 1000;
    await file.saveChanges(printed("abc", "d"));
    await file.saveWhole(printed("abc", "de"));
    expect(await onDisk()).toMatchObject({ file: ["abc", "de"], recovered: ["abc", "de"] });
    await file.close();
    expect((await onDisk()).names).toBe("out.ipynb");
  });

  it("goes on with the journal while a whole file is being written", async () => {
    let gate = Promise.withResolvers<void>();
    gate.resolve();
    const file = open({ gate: () => gate.promise });
    await file.saveWhole(printed("a"));
    await file.saveChanges(printed("ab"));
    gate = Promise.withResolvers();
    nowMs = 1000;
    await file.saveChanges(printed("abc"));
    nowMs = 1500;
    await file.saveChanges(printed("abcd"));
    expect(await onDisk()).toMatchObject({ file: ["a"], recovered: ["abcd"] });
    gate.resolve();
    // The next whole file waits for the one under way.
    await file.saveWhole(printed("abcd"));
    await file.saveChanges(printed("abcde"));
    expect(await onDisk()).toMatchObject({ file: ["abcd"], recovered: ["abcde"] });
  });

  it("is not written whole when it is large", async () => {
    const file = open();
    await file.saveWhole(printed(LARGE, ""));
    for (nowMs = 1000; nowMs < 20_000; nowMs += 1000) {
      expect(await file.saveChanges(printed(LARGE, `at ${nowMs}`))).toBe(false);
    }
    expect(await onDisk()).toMatchObject({ file: [LARGE, ""], recovered: [LARGE, "at 19000"] });
  });

  it("takes a tenth of the time at most where it is slow", async () => {
    let slowMs = 3000;
    const gate = async (): Promise<void> => {
      nowMs += slowMs;
    };
    const file = open({ gate, journalName: null });
    await file.saveWhole(printed("a"));
    slowMs = 0;
    nowMs = 29_999;
    expect(await file.saveChanges(printed("ab"))).toBe(true);
    expect((await onDisk()).file).toEqual(["a"]);
    nowMs = 30_000;
    expect(await file.saveChanges(printed("abc"))).toBe(false);
    expect((await onDisk()).file).toEqual(["abc"]);
  });

  it("is not confused by the journal of an earlier run", async () => {
    const earlier = open({ journalName: "earlier" });
    await earlier.saveWhole(printed("old", "old"));
    await earlier.saveChanges(printed("older", "older"));
    await earlier.abandon();
    const file = open();
    await file.saveWhole(printed("", ""));
    expect((await onDisk()).recovered).toEqual(["", ""]);
    await file.saveChanges(printed("new", ""));
    expect((await onDisk()).recovered).toEqual(["new", ""]);
    await file.close();
    expect((await onDisk()).names).toBe("out.ipynb");
  });

  it("loses nothing when a whole file could not be written", async () => {
    let fails = false;
    const gate = async (): Promise<void> => {
      if (fails) throw new Error("no space");
    };
    const file = open({ gate });
    await file.saveWhole(printed("a"));
    await file.saveChanges(printed("ab"));
    fails = true;
    nowMs = 1000;
    await file.saveChanges(printed("abc"));
    nowMs = 50_000;
    expect(await file.saveChanges(printed("abcd"))).toBe(true);
    await expect(file.saveWhole(printed("abcd"))).rejects.toThrow("no space");
    expect(errors).toHaveLength(1);
    expect(await onDisk()).toMatchObject({ file: ["a"], recovered: ["abcd"] });
    fails = false;
    nowMs = 1e9;
    await file.saveChanges(printed("abcde"));
    await file.saveWhole(printed("abcde"));
    expect(await onDisk()).toMatchObject({ file: ["abcde"], recovered: ["abcde"] });
  });
});
