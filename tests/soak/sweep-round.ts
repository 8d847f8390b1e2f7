import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { notemill, NOTEMILL, startCommand } from "../support/cli.ts";
import { assertComplete, assertTruth, firstMissing } from "./assert-truth.ts";
import type { RoundBed, RoundResult } from "./round.ts";
import type { Scenario } from "./scenario.ts";
import { playStrikes } from "./play-strikes.ts";
import { printedIn } from "./ticking-notebook.ts";
import { untilAllGone } from "./victims.ts";

const VALUES = [1, 2, 3, 4];
const SWEEP = ["sweep", "in.ipynb", "--grid", `a=${VALUES.join(",")}`, "-j", "2"];
const TO = ["--output-path", "out/{a}.ipynb", "--output", "table.csv"];

/** Plays a round with `notemill sweep`. @throws at a finding. */
export async function sweepRound(scenario: Scenario, bed: RoundBed): Promise<Omit<RoundResult, "what">> {
  const at = { cwd: bed.cwd, env: bed.env };
  const command = startCommand(NOTEMILL, [...SWEEP, ...TO], { ...at, detached: true });
  const { blows, latenessMs, result, processes } = await playStrikes(command, scenario, bed);
  const { exitCode, stderr } = result;
  await untilAllGone(bed.mark, processes);
  if (blows.some(({ deed }) => deed.type === "read-only")) await bed.output.allowWrites();
  await bed.output.free();

  const printed = await printedIn(bed.cwd);
  const statuses: string[] = [];
  const missingMs: number[] = [];
  for (const value of VALUES) {
    const path = join(bed.output.path, `${value}.ipynb`);
    const doctor = await notemill(["doctor", path], at);
    const seen = await bed.reader.read(path);
    statuses.push(seen?.status ?? "none");
    assert.equal(doctor.exitCode, seen ? 0 : 1, doctor.stderr);
    if (!seen) continue;
    assertTruth(seen);
    const lines = printed.get(value) ?? [];
    const [first] = blows;
    if (seen.status === "succeeded") assert.equal(firstMissing(lines, seen), undefined);
    else if (first) missingMs.push(assertComplete(lines, seen, { atMs: first.atMs, latenessMs }));
  }
  const isGood = statuses.every((status) => status === "succeeded");
  if (exitCode === 0) assert.ok(isGood, `exit code 0 with ${statuses.join(", ")}: ${stderr}`);
  if (blows.every(({ hasHit }) => !hasHit)) assert.equal(exitCode, 0, stderr);

  await writeFile(join(bed.cwd, "quick"), "");
  const continued = await notemill([...SWEEP, ...TO, "--continue"], at);
  assert.equal(continued.exitCode, 0, continued.stderr);
  assert.match(await readFile(join(bed.cwd, "table.csv"), "utf8"), TABLE);
  await untilAllGone(bed.mark, processes);
  assert.deepEqual(
    await readdir(bed.output.path),
    VALUES.map((value) => `${value}.ipynb`),
    "files",
  );
  assert.deepEqual(await readdir(bed.runtimeDir).catch(() => []), [], "directories of kernels");
  return { statuses, missingMs, hasHit: blows.some(({ hasHit }) => hasHit) };
}

/** A head and a row for each value, all of which succeeded. */
const TABLE = /^a,.*\r?\n(?:\d,succeeded,.*\r?\n){4}$/;
