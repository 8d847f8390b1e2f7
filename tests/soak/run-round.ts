import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CommandResult, notemill, NOTEMILL, startCommand } from "../support/cli.ts";
import { assertComplete, assertTruth, firstMissing } from "./assert-truth.ts";
import type { Events, RunEventLine } from "./moment.ts";
import type { RoundBed, RoundResult } from "./round.ts";
import { stopKeptHosts } from "./kept-hosts.ts";
import type { Scenario } from "./scenario.ts";
import type { SeenOutput } from "./seen-output.ts";
import { playStrikes } from "./play-strikes.ts";
import type { Blow } from "./strike.ts";
import { logsIn, printedIn } from "./ticking-notebook.ts";
import { untilAllGone } from "./victims.ts";

const RUN = ["run", "in.ipynb", "out/out.ipynb"];

/** Plays a round with `notemill run`. @throws at a finding. */
export async function runRound(scenario: Scenario, bed: RoundBed): Promise<Omit<RoundResult, "what">> {
  const at = { cwd: bed.cwd, env: bed.env };
  const path = join(bed.output.path, "out.ipynb");
  const before = scenario.hadOutput ? await makeEarlierOutput(path, bed) : undefined;

  const keep = scenario.kind === "kept run" ? ["--keep-kernel", "5m"] : [];
  const command = startCommand(NOTEMILL, [...RUN, "--json", ...keep], { ...at, detached: true });
  const { events, blows, latenessMs, result, processes } = await playStrikes(command, scenario, bed);
  const finished = events.heard.find(({ type }) => type === "run-finished");
  const keptDir = finished?.kept_kernel?.host_dir;
  if (keptDir === undefined) {
    await stopKeptHosts(bed);
    await untilAllGone(bed.mark, processes);
  }

  await lookWhileBroken(path, blows, bed);
  await bed.output.free();
  const doctor = await notemill(["doctor", "out/out.ipynb"], at);
  const seen = await bed.reader.read(path);
  assert.equal(doctor.exitCode, seen ? 0 : 1, doctor.stderr);
  const printed = (await printedIn(bed.cwd)).get(0) ?? [];
  const missingMs: number[] = [];
  const facts = { result, events, finished, blows, latenessMs };
  if (!seen || seen.text === before) assertNothingLost(facts);
  else {
    assertTruth(seen);
    assertEnd(seen, facts);
    const [first] = blows;
    if (seen.status === "succeeded") assert.equal(firstMissing(printed, seen), undefined);
    else if (first) missingMs.push(assertComplete(printed, seen, { atMs: first.atMs, latenessMs }));
  }
  await lookAtCopy(finished, printed, bed);
  await writeFile(join(bed.cwd, "quick"), "");
  await goOn(seen?.text === before ? undefined : seen, keptDir, bed);
  await untilAllGone(bed.mark, processes);
  assert.deepEqual(await readdir(bed.runtimeDir).catch(() => []), [], "directories of kernels");
  return { statuses: [seen?.status ?? "none"], missingMs, hasHit: blows.some(({ hasHit }) => hasHit) };
}

async function makeEarlierOutput(path: string, { cwd, env }: RoundBed): Promise<string> {
  await writeFile(join(cwd, "quick"), "");
  const earlier = await notemill(RUN, { cwd, env });
  assert.equal(earlier.exitCode, 0, earlier.stderr);
  for (const name of ["quick", ...(await logsIn(cwd))]) await rm(join(cwd, name));
  return readFile(path, "utf8");
}

/** Whoever looks while the disk is still full finds a valid notebook too, and changes nothing or tells the truth. */
async function lookWhileBroken(path: string, blows: readonly Blow[], bed: RoundBed): Promise<void> {
  const types = blows.map(({ deed }) => deed.type);
  if (types.includes("disk-full") || types.includes("read-only")) {
    await bed.reader.read(path);
    await notemill(["doctor", "out/out.ipynb"], bed);
    await bed.reader.read(path);
  }
  if (types.includes("read-only")) await bed.output.allowWrites();
}

/** What is known about how a command ended. */
interface Facts {
  readonly result: CommandResult;
  readonly events: Events;
  readonly finished: RunEventLine | undefined;
  readonly blows: readonly Blow[];
  readonly latenessMs: number;
}

/** Without a notebook of its own, a run must have been stopped within the first second, or lost its place. */
function assertNothingLost({ result, events, blows, latenessMs }: Facts): void {
  const hitMs = blows[0]?.atMs ?? Number.POSITIVE_INFINITY;
  if (blows.some(({ deed }) => deed.type === "removed")) {
    const last = events.heard.findLast(({ type }) => type === "cell-finished");
    const isAfter = last !== undefined && hitMs >= Date.parse(last.time);
    assert.ok(isAfter || result.exitCode !== 0, "all went well, though there was no place for the notebook");
    return;
  }
  assert.ok(
    blows.some(({ hasHit }) => hasHit),
    `there is no notebook, though nothing was done: ${result.stderr}`,
  );
  const started = events.heard.find(({ type }) => type === "run-started");
  const isEarly = started === undefined || hitMs <= Date.parse(started.time) + 1000 + latenessMs;
  assert.ok(isEarly, "there is no output notebook of the run");
  assert.notEqual(result.exitCode, 0, "the command says that all went well");
}

/** The notebook, the last event and the exit code have to say the same. */
function assertEnd({ status, failure }: SeenOutput, { result, finished, blows }: Facts): void {
  const isHit = blows.some(({ hasHit }) => hasHit);
  assert.ok(isHit || status === "succeeded", `${status} (${failure?.message}) though nothing was done`);
  const notSaved = finished?.failure?.code === "OUTPUT_NOT_SAVED";
  if (finished && !notSaved) assert.equal(status, finished.status, "status of the notebook");
  if (notSaved) assert.equal(status, "lost");
  const { exitCode, signal } = result;
  const says = `${status} (${failure?.code}), exit code ${exitCode ?? signal}: ${result.stderr}`;
  if (exitCode === null) return;
  if (status === "lost") assert.ok(notSaved && exitCode === 1, says);
  if (status === "succeeded") assert.equal(exitCode, 0, says);
  if (status === "cancelled") assert.ok(exitCode === 130 || exitCode === 143, says);
  if (status === "failed") assert.equal(exitCode, failure?.code === "KERNEL_DIED" ? 138 : 1, says);
}

/** A notebook that was not saved in its place is whole where the run says that it is. */
async function lookAtCopy(
  finished: RunEventLine | undefined,
  printed: Parameters<typeof firstMissing>[0],
  { reader }: RoundBed,
): Promise<void> {
  if (finished?.failure?.code !== "OUTPUT_NOT_SAVED") return;
  const copy = /the notebook is in (\S+);/.exec(finished.failure.message)?.[1];
  const seen = copy === undefined ? undefined : await reader.read(copy);
  assert.ok(seen, `there is no copy: ${finished.failure.message}`);
  assertTruth(seen);
  assert.equal(seen.status === "succeeded" ? firstMissing(printed, seen) : undefined, undefined);
}

/** Goes on in the kernel that was kept, or is refused; and runs the notebook anew. */
async function goOn(seen: SeenOutput | undefined, keptDir: string | undefined, bed: RoundBed): Promise<void> {
  const { reader, output } = bed;
  const path = join(output.path, "out.ipynb");
  const isRemoved = await readdir(output.path).then(
    () => false,
    () => true,
  );
  if (seen?.status !== "succeeded" && seen) {
    const resumed = await notemill(["run", "--resume", "out/out.ipynb"], bed);
    const after = await reader.read(path);
    if (seen.text.includes('"host_dir"')) {
      assert.equal(resumed.exitCode, 0, `resumed: ${resumed.stderr}`);
      assert.equal(after?.status, "succeeded");
    } else {
      assert.match(resumed.stderr, /RESUME_NOT_POSSIBLE/);
      assert.equal(after?.text, seen.text);
    }
  }
  if (keptDir !== undefined) await stopKeptHosts(bed);
  if (isRemoved) return;
  const anew = await notemill(RUN, bed);
  assert.equal(anew.exitCode, 0, anew.stderr);
  const after = await reader.read(path);
  assert.ok(after);
  assertTruth(after);
  assert.equal(after.status, "succeeded");
  assert.deepEqual(await readdir(output.path), ["out.ipynb"], "files beside the notebook");
}
