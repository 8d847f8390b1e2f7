import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunDetail, RunEvent } from "../../packages/api/src/index.ts";
import { verifyAll } from "../../packages/client/src/index.ts";
import { canMove, isFinal, RUN_MOVES, type RunStatus } from "../../packages/schedules/src/index.ts";
import { type Fleet, textOf } from "../support/fleet.ts";
import type { PlatformDeed } from "./platform-scenario.ts";

/** How many runs ended in each status. */
export type RunStatuses = Readonly<Record<string, number>>;

/** What is looked at. */
export interface PlatformFacts {
  readonly fleet: Fleet;
  /** Ids of the runs that the platform has taken, by tag. */
  readonly runs: ReadonlyMap<string, string>;
  /** Directory of the files that the notebooks have written. */
  readonly ticks: string;
  readonly deeds: readonly PlatformDeed[];
}

/** Longer than three attempts and their leases; only a run that hangs gets here. */
const PATIENCE_MS = 150_000;

/**
 * Waits until every run is over and compares what everybody says about it.
 *
 * @throws at a run that does not end or ends for no reason, at two attempts of
 * one run at the same time, at events with gaps, at a record that does not
 * verify, at output that is lost, and at a server that has ended by itself.
 */
export async function assertPlatformTruth(facts: PlatformFacts): Promise<RunStatuses> {
  const { fleet, runs, ticks, deeds } = facts;
  const statuses: Record<string, number> = {};
  for (const [tag, id] of runs) {
    const run = await untilOver(fleet, id, tag);
    statuses[run.status] = (statuses[run.status] ?? 0) + 1;
    assertReason(run, deeds, tag);
    const lines = ticksOf(await textOf(join(ticks, `${tag}.log`)));
    assertOneAtATime(lines, tag);
    assertEvents(await eventsOf(fleet, id), run, tag);
    if (run.status === "succeeded") await assertOutput(fleet, run, lines, tag);
  }
  for (const it of [...fleet.servers, ...fleet.runners])
    assert.ok(it.isUp(), `${it.name} has ended by itself`);
  for (const { client } of fleet.servers) {
    const { problems, records } = await verifyAll(client);
    assert.deepEqual(problems, [], "problems of the records");
    assert.ok(records >= runs.size, `${records} records of ${runs.size} runs`);
  }
  return statuses;
}

async function untilOver(fleet: Fleet, id: string, tag: string): Promise<RunDetail> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const run = await fleet.servers[0]?.client.getRun(id);
    if (run && isFinal(run.status)) return run;
    if (performance.now() > deadline) assert.fail(`run ${tag} is not over: ${JSON.stringify(run)}`);
    await pause(50);
  }
}

/** A run may fail only for what was done to it. */
function assertReason(run: RunDetail, deeds: readonly PlatformDeed[], tag: string): void {
  if (run.status === "succeeded") return;
  const says = `${tag} is ${run.status}: ${JSON.stringify(run.failure)}, ${JSON.stringify(run.attempts)}`;
  const isKernelKilled = deeds.some(({ type }) => type === "kernel");
  if (run.status === "failed") assert.ok(isKernelKilled && run.failure?.code === "KERNEL_DIED", says);
  else assert.ok(run.status === "lost" && run.attempts.length >= 3, says);
}

interface Line {
  readonly attempt: number;
  readonly number: number;
  readonly time: number;
}

function ticksOf(text: string): readonly Line[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [attempt = 0, number = 0, time = 0] = line.split(" ").map(Number);
      return { attempt, number, time };
    });
}

/** The file is in the order of time: once a later attempt has written, no earlier one may. */
function assertOneAtATime(lines: readonly Line[], tag: string): void {
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined) continue;
    assert.ok(
      line.attempt >= before.attempt,
      `${tag}: attempt ${line.attempt} wrote beside ${before.attempt}`,
    );
  }
}

async function eventsOf(fleet: Fleet, id: string): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of fleet.servers.at(-1)?.client.followRun(id) ?? []) events.push(event);
  return events;
}

function assertEvents(events: readonly RunEvent[], run: RunDetail, tag: string): void {
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
    `numbers of the events of ${tag}`,
  );
  const statuses = events
    .filter(({ kind }) => kind === "run-status-changed")
    .map(({ data }) => (JSON.parse(data.text) as { status: RunStatus }).status);
  for (const [index, status] of statuses.entries()) {
    const before = statuses[index - 1];
    assert.ok(
      before === undefined ? status === "queued" : canMove(RUN_MOVES, before, status),
      statuses.join(" "),
    );
  }
  assert.equal(statuses.at(-1), run.status);
  assert.equal(events.at(-1)?.kind, "run-status-changed", `last event of ${tag}`);
}

/** All that the last attempt printed is in its output notebook and in the events. */
async function assertOutput(
  fleet: Fleet,
  run: RunDetail,
  lines: readonly Line[],
  tag: string,
): Promise<void> {
  const bytes = await fleet.servers[0]?.client.getNotebook(run.id);
  const notebook = JSON.parse(Buffer.from(bytes ?? []).toString("utf8")) as {
    cells: { outputs?: { text?: string | string[] }[] }[];
  };
  const printed = notebook.cells
    .flatMap(({ outputs = [] }) => outputs)
    .flatMap(({ text = "" }) => text)
    .join("");
  const expected = lines
    .filter(({ attempt }) => attempt === run.attempt)
    .map(({ number }) => `line ${number}\n`)
    .join("");
  assert.equal(printed, `${expected}all done\n`, `output of ${tag}`);
}
