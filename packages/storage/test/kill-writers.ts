import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { isTemporaryName, openLocation, readJournal } from "../src/index.ts";
import { scriptCommand, start } from "../testing/run-script.ts";

/** Kills processes that write into a directory, this many and until a kill came in the middle of a write. */
export async function killWriters(directory: string, rounds: number): Promise<void> {
  const file = join(directory, "out.ipynb");
  const journal = join(directory, "journal");
  let leftBehind = 0;
  // Only a kill in the middle of a write shows something.
  for (let round = 0; round < rounds || leftBehind === 0; round += 1) {
    const writer = start(scriptCommand("write-for-ever.ts", [file, journal]), ["ignore", "pipe", "inherit"]);
    const stopAt = 21 + randomInt(60);
    let steps = 0;
    writer.stdout?.on("data", (signs: Buffer) => {
      steps += signs.byteLength;
      if (steps >= stopAt) writer.kill("SIGKILL");
    });
    await once(writer, "exit");

    const contents = readFileSync(file, "utf8");
    expect(contents).toMatch(/^(\d)\1*$/);
    expect(contents).toHaveLength(20 * 64 * 1024);
    for (const line of await readJournal(journal)) expect(JSON.parse(line)).toHaveProperty("n");

    const others = readdirSync(directory).filter((name) => name !== "out.ipynb" && name !== "journal");
    expect(others.filter((name) => !isTemporaryName(name))).toEqual([]);
    leftBehind += others.length;
    await openLocation(file).checkWritable();
    expect(readdirSync(directory).toSorted()).toEqual(["journal", "out.ipynb"]);
  }
}
