/**
 * Reads notebooks that are large or made to be expensive, each in a process of
 * its own, and ends with an error when one takes memory out of proportion.
 *
 *     node --conditions=@notemill/source packages/nbformat/test/soak/large-notebooks.ts [MEGABYTES]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCodedError } from "@notemill/errors";
import { readNotebookBytes } from "@notemill/nbformat";
import { LARGE_CASES } from "./large-cases.ts";
import type { LargeCase } from "./large-cases.ts";

/** What a process that does nothing takes, with some room for the collector. */
const BASE_MEGABYTES = 150;
/** The bytes, their text (two bytes a character at worst) and the document, and what is not collected yet. */
const MOST_TIMES_SIZE = 5;

/** How reading a case ended. */
interface Measured {
  readonly outcome: string;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

const [mode = "200", path = ""] = process.argv.slice(2);
if (mode === "read") process.stdout.write(JSON.stringify(readCase(path)));
else checkCases(Number(mode) * 1e6);

function checkCases(size: number): void {
  const directory = mkdtempSync(join(tmpdir(), "notemill-large-"));
  try {
    for (const [name, it] of Object.entries(LARGE_CASES))
      checkCase(name, it, size, join(directory, "a.ipynb"));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function checkCase(
  name: string,
  { make, outcome, allowance = 0 }: LargeCase,
  size: number,
  file: string,
): void {
  writeFileSync(file, make(size));
  const megabytes = readFileSync(file).length / 1e6;
  const script = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, ["--conditions=@notemill/source", script, "read", file], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.status !== 0) throw new Error(`${name}: the reader ended with ${child.status ?? child.signal}`);
  const measured = JSON.parse(child.stdout) as Measured;
  const most = BASE_MEGABYTES + MOST_TIMES_SIZE * megabytes + allowance;
  const figures = `${Math.round(megabytes)} MB, ${measured.milliseconds} ms, peak ${Math.round(measured.peakMegabytes)} MB of ${Math.round(most)}`;
  process.stdout.write(`${name}: ${measured.outcome}, ${figures}\n`);
  if (measured.outcome !== outcome) throw new Error(`${name}: expected ${outcome}`);
  if (measured.peakMegabytes > most) throw new Error(`${name}: takes too much memory`);
}

function readCase(file: string): Measured {
  const bytes = readFileSync(file);
  const start = Date.now();
  const outcome = readBytes(bytes);
  return {
    outcome,
    milliseconds: Date.now() - start,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

function readBytes(bytes: Uint8Array): string {
  let ids = 0;
  try {
    readNotebookBytes(bytes, { newId: () => `n${++ids}` });
    return "read";
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
}
