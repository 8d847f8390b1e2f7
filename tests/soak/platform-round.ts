import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { RawJson } from "../../packages/json/src/index.ts";
import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { type Fleet, type FleetProcess, startFleet } from "../support/fleet.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import { processesWith } from "../support/processes.ts";
import { makeOutputDirectory, type OutputDirectory } from "./output-directory.ts";
import { assertPlatformTruth, type RunStatuses } from "./platform-truth.ts";
import {
  describePlatformScenario,
  drawPlatformScenario,
  LEASE_SECONDS,
  type PlatformDeed,
  type PlatformScenario,
} from "./platform-scenario.ts";
import { isKernel } from "./victims.ts";
import { assertJoinTruth, startJoin } from "./workflow-truth.ts";

/** What came of a round that found nothing. */
export interface PlatformRoundResult {
  readonly what: string;
  readonly statuses: RunStatuses;
}

/** Where a round takes place, and with what. */
interface Bed {
  readonly directory: string;
  readonly ticks: string;
  readonly fleet: Fleet;
  readonly postgres: TestPostgres | null;
  readonly disk: OutputDirectory;
  readonly random: SeededRandom;
}

/** Draws a scenario and plays it. @throws at a finding. */
export async function playPlatformRound(
  random: SeededRandom,
  tools: { readonly canMount: boolean; readonly hasPostgres: boolean },
): Promise<PlatformRoundResult> {
  return playPlatformScenario(drawPlatformScenario(random, tools), random);
}

/** Plays a scenario: starts a platform, submits runs, breaks things, mends them, and looks at what is left. */
export async function playPlatformScenario(
  scenario: PlatformScenario,
  random: SeededRandom,
): Promise<PlatformRoundResult> {
  const what = describePlatformScenario(scenario);
  const directory = await mkdtemp(join(tmpdir(), "nm-platform-"));
  // Postgres runs as another user when the tests are root's.
  await chmod(directory, 0o755);
  try {
    await using disk = await makeOutputDirectory(join(directory, "disk"), {
      isDisk: scenario.strikes.some(({ deed }) => deed.type === "disk"),
      isReadOnlyOnce: false,
    });
    await using postgres = scenario.database === "postgres" ? await startPostgres() : null;
    await using fleet = await startFleet({
      ...scenario,
      directory,
      dataDirectory: join(disk.path, "data"),
      leaseSeconds: LEASE_SECONDS,
      ...(postgres === null ? {} : { databaseUrl: await postgres.newDatabase() }),
    });
    try {
      const ticks = join(directory, "ticks");
      await mkdir(ticks);
      const statuses = await play(scenario, { directory, ticks, fleet, postgres, disk, random });
      await fleet.close();
      return { what, statuses };
    } catch (error) {
      const said = [...fleet.servers, ...fleet.runners].map((it) => `${it.name}:\n${it.said()}`);
      throw new Error(`${what}\n  ${JSON.stringify(scenario)}\n${said.join("\n")}`, { cause: error });
    }
  } finally {
    if (!process.env["SOAK_KEEP"]) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function play(scenario: PlatformScenario, bed: Bed): Promise<RunStatuses> {
  const { fleet, ticks } = bed;
  await writeNotebook(join(fleet.homeDirectory, "ticking.ipynb"), TICKING(ticks));
  const runs = new Map<string, string>();
  const submit = async (tag: string, seconds: number): Promise<void> => {
    runs.set(tag, await submitUntilTaken(bed, tag, seconds));
  };
  for (const [index, seconds] of scenario.runs.entries()) await submit(`first-${index}`, seconds);
  const flow = await startJoin(fleet);
  for (const [index, { afterMs, deed }] of scenario.strikes.entries()) {
    await pause(afterMs);
    // Somebody wants something while it is broken too.
    await Promise.all([doDeed(deed, bed), submit(`during-${index}`, 0.3)]);
  }
  await submit("last", 0.1);
  const deeds = scenario.strikes.map(({ deed }) => deed);
  const statuses = await assertPlatformTruth({ fleet, runs, ticks, deeds });
  await assertJoinTruth(fleet, flow);
  return statuses;
}

/** Submits a run, as often as it takes; the key makes it one run. */
async function submitUntilTaken({ fleet, random }: Bed, tag: string, seconds: number): Promise<string> {
  const parameters = new RawJson(JSON.stringify({ tag, seconds }));
  for (;;) {
    const { client } = random.pick(fleet.servers);
    try {
      const options = { idempotencyKey: tag, signal: AbortSignal.timeout(10_000) };
      return (await client.submitRun({ path: "~/ticking.ipynb", parameters }, options)).id;
    } catch (error) {
      const { status = 500 } = error as { status?: number };
      if (status < 500) throw error;
      await pause(100);
    }
  }
}

async function doDeed(deed: PlatformDeed, bed: Bed): Promise<void> {
  const { fleet, postgres, disk, random } = bed;
  switch (deed.type) {
    case "server":
    case "runner": {
      const victims: readonly FleetProcess[] = deed.type === "server" ? fleet.servers : fleet.runners;
      const victim = random.pick(victims);
      await victim.end(deed.signal);
      await pause(deed.forMs);
      return victim.start();
    }
    case "kernel": {
      const pids = await processesWith(fleet.mark.name, fleet.mark.value);
      const kernels = [];
      for (const pid of pids) if (await isKernel(pid)) kernels.push(pid);
      if (kernels.length > 0) send(random.pick(kernels), deed.signal);
      return;
    }
    case "database":
      await postgres?.stop(deed.signal);
      await pause(deed.forMs);
      return postgres?.restart();
    case "cut":
    case "stall": {
      const { proxy } = random.pick(fleet.runners);
      proxy[deed.type]();
      await pause(deed.forMs);
      return proxy.mend();
    }
    case "records":
    case "sources": {
      // A file where a directory should be: every use of it fails.
      const path = join(fleet.dataDirectory, deed.type === "records" ? "runs" : "sources");
      await rename(path, `${path}.away`);
      await writeFile(path, "");
      await pause(deed.forMs);
      await rm(path);
      return rename(`${path}.away`, path);
    }
    case "disk":
      await disk.fill();
      await pause(deed.forMs);
      return disk.free();
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** A notebook that notes each line it prints, with the attempt and the time, in a file of its own run. */
const TICKING = (ticks: string): readonly string[] => [
  "tag = ''\nseconds = 0.1",
  `import os, time
attempt = os.environ["NOTEMILL_ATTEMPT"]
log = os.open(os.path.join(${JSON.stringify(ticks)}, tag + ".log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
number = 0
def count():
    global number
    end = time.time() + seconds
    while True:
        number += 1
        print("line", number, flush=True)
        os.write(log, f"{attempt} {number} {time.time():.6f}\\n".encode())
        if time.time() > end: break
        time.sleep(0.02)`,
  "count()",
  "count()",
  "count()\nprint('all done')",
];
