import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFsStore, sweepTemporaryFiles } from "../src/index.ts";
import { run, scriptCommand, start } from "../testing/run-script.ts";

describe("processes that share a store on disk", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "notemill-shared-"));
    writeFileSync(join(directory, "counter"), "0");
  });
  afterEach(() => rm(directory, { recursive: true }));

  const counter = (): number => Number(readFileSync(join(directory, "counter"), "utf8"));

  it("lose no change to one another", async () => {
    const command = scriptCommand("increment.ts", [directory, "30"]);
    const ended = await Promise.all([run(command), run(command), run(command), run(command)]);
    expect(ended.map(({ stderr }) => stderr)).toEqual(["", "", "", ""]);
    expect(counter()).toBe(120);
    expect(readdirSync(directory)).toEqual(["counter"]);
  });

  it("do not wait for one that was killed, wherever it was", async () => {
    let said = 0;
    for (let round = 0; round < 5; round += 1) {
      const victim = start(scriptCommand("increment.ts", [directory, "1000000"]), [
        "ignore",
        "pipe",
        "inherit",
      ]);
      victim.stdout?.on("data", (signs: Buffer) => {
        said += signs.byteLength;
        if (said > 3 * (round + 1)) victim.kill("SIGKILL");
      });
      await once(victim, "exit");
      const before = counter();
      expect(before).toBeGreaterThanOrEqual(said);
      const heir = await run(scriptCommand("increment.ts", [directory, "1"]));
      expect(heir.stderr).toBe("");
      expect(counter()).toBe(before + 1);
      said = counter();
    }
    await sweepTemporaryFiles(directory);
    const store = openFsStore(directory);
    expect((await store.list("")).entries.map(({ path }) => path)).toEqual(["counter"]);
  });
});
