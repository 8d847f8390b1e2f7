import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createRunnerClient, verifyAll } from "@notemill/client";
import { RawJson } from "@notemill/json";
import { startPlatform, type TestPlatform } from "../tests/support/platform.ts";
import { startPostgres } from "../tests/support/postgres.ts";
import { fillRuns, inDatabase } from "./fill-database.ts";
import { createNoOpRunner } from "./no-op-runner.ts";
import { writeNotebook } from "./notebooks.ts";
import { type BenchmarkRow, percentile } from "./row.ts";
import { claimMany, fillSchedules } from "./slots-due.ts";

/** A platform of one's own. */
interface Bed extends AsyncDisposable {
  readonly platform: TestPlatform;
}

/** An empty database that goes when it is disposed of. */
interface EmptyDatabase extends AsyncDisposable {
  /** Null: the server's embedded one. */
  readonly url: string | null;
}

const openEmbedded = async (): Promise<EmptyDatabase> => ({
  url: null,
  [Symbol.asyncDispose]: async () => undefined,
});

const openServer = async (): Promise<EmptyDatabase> => {
  const postgres = await startPostgres({ isDurable: true });
  return { url: await postgres.newDatabase(), [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose]() };
};

const SUSTAINED_MS = 600_000;
const WARM_UP_MS = 30_000;
/** A server that has just started is not what is measured. */
const WARM_UP_RUNS = 100;
const BACKLOG = 3000;
const DAY = 150_000;
const SLOTS = 10_000;
/** In which the server starts after its schedules were made. */
const UNTIL_DUE_MS = 20_000;

/** Rows about the whole platform, each on the embedded database and on Postgres. Their peer is a number that was set. */
export function platformRows(directory: string): readonly BenchmarkRow[] {
  const databases = [
    { name: "PGlite", open: openEmbedded, perSecond: 4, noOps: 150 },
    { name: "Postgres", open: openServer, perSecond: 5, noOps: 300 },
  ];
  return databases
    .flatMap((database) => {
      const on = ` on ${database.name}`;
      const suffix = database.name.toLowerCase();
      const bed = async (name: string, args: readonly string[] = []): Promise<Bed> =>
        openBed(join(directory, `${name}-${suffix}`), await database.open(), args);
      return [
        {
          number: 9,
          name: `platform-${suffix}`,
          work: `a real one-cell run with parameters, kernel and record, sustained${on}`,
          peer: `${database.perSecond} runs a second`,
          bar: 1,
          unit: "ms",
          async measure(report) {
            await using it = await bed("real");
            const { runs, ms } = await sustain(it, report);
            return { ours: [ms / runs], peer: [1000 / database.perSecond] };
          },
        },
        {
          number: 10,
          name: `due-${suffix}`,
          work: `due until a runner has it, p99 of 600 at 20 a second behind ${WARM_UP_RUNS} others${on}`,
          peer: "50 ms",
          bar: 1,
          unit: "ms",
          async measure() {
            await using it = await bed("due", ["--no-runner"]);
            const waited = await delays(it, WARM_UP_RUNS + 600, 50);
            return { ours: [percentile(waited.slice(WARM_UP_RUNS), 0.99)], peer: [50] };
          },
        },
        {
          number: 11,
          name: `no-op-${suffix}`,
          work: `a no-op run dispatched and completed, ${BACKLOG} waiting${on}`,
          peer: `${database.noOps} a second`,
          bar: 1,
          unit: "ms",
          async measure() {
            await using it = await bed("no-op", ["--no-runner"]);
            await submitMany(it, BACKLOG);
            return { ours: [(await completeAll(it, BACKLOG)) / BACKLOG], peer: [1000 / database.noOps] };
          },
        },
        {
          number: 11,
          name: `slots-${suffix}`,
          work: `${SLOTS} slots of as many schedules, due at once, until a runner has them${on}`,
          peer: "10 s",
          bar: 1,
          unit: "s",
          async measure() {
            const place = join(directory, `slots-${suffix}`);
            const empty = await database.open();
            const url = empty.url ?? `pglite:${join(place, "data", "db")}`;
            const at = new Date(Date.now() + UNTIL_DUE_MS);
            await inDatabase(url, place, (driver) =>
              fillSchedules(driver, { count: SLOTS, at, path: "one.ipynb" }),
            );
            await using it = await openBed(place, empty, ["--no-runner"]);
            const last = await claimMany(runnerClient(it), SLOTS);
            return { ours: [(last - at.getTime()) / 1000], peer: [10] };
          },
        },
        {
          number: 13,
          name: `list-${suffix}`,
          work: `a page of 50 of 1,000,000 runs over HTTP, p95${on}`,
          peer: "20 ms",
          bar: 1,
          unit: "ms",
          async measure(report) {
            const place = join(directory, `list-${suffix}`);
            const empty = await database.open();
            report("making a million runs");
            await inDatabase(empty.url ?? `pglite:${join(place, "data", "db")}`, place, (driver) =>
              fillRuns(driver, 1_000_000),
            );
            await using it = await openBed(place, empty, ["--no-runner"]);
            return { ours: [percentile(await pageTimes(it, 300), 0.95)], peer: [20] };
          },
        },
      ] satisfies readonly BenchmarkRow[];
    })
    .concat(dayRow(directory));
}

function dayRow(directory: string): BenchmarkRow {
  return {
    number: 12,
    name: "day",
    work: "memory of the server at run 100,000 of a day's 150,000 no-op runs, in no more than 15 minutes, on PGlite",
    peer: "at run 10,000",
    bar: 1.2,
    unit: "MB",
    async measure(report) {
      const place = join(directory, "day");
      await using it = await openBed(place, await openEmbedded(), ["--no-runner"]);
      const memory = new Map<number, number>();
      const begun = performance.now();
      let done = 0;
      const stop = new AbortController();
      const runner = createNoOpRunner(runnerClient(it), 64, () => {
        done += 1;
        if (done === 10_000 || done === 100_000) memory.set(done, serverMemoryMb(it));
        if (done % 10_000 === 0) report(`${done} after ${((performance.now() - begun) / 1000).toFixed(0)} s`);
        if (done === DAY) stop.abort();
      });
      await Promise.all([submitMany(it, DAY, () => done), runner.run(stop.signal, () => undefined)]);
      const seconds = (performance.now() - begun) / 1000;
      report(`the day took ${seconds.toFixed(0)} s`);
      if (seconds > 900) throw new Error(`the day took ${seconds.toFixed(0)} s, more than 15 minutes`);
      return { ours: [memory.get(100_000) ?? NaN], peer: [memory.get(10_000) ?? NaN] };
    },
  };
}

async function openBed(directory: string, database: EmptyDatabase, args: readonly string[]): Promise<Bed> {
  await mkdir(join(directory, "home"), { recursive: true });
  await writeNotebook(join(directory, "home"), "one.ipynb", ["alpha = 0.1", "print(alpha)"]);
  const { url } = database;
  const platform = await startPlatform(directory, [...args, ...(url === null ? [] : ["--db", url])]);
  return {
    platform,
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

function runnerClient({ platform: { url: serverUrl, token } }: Bed): ReturnType<typeof createRunnerClient> {
  return createRunnerClient({ serverUrl, token });
}

async function submit({ platform }: Bed, alpha: number): Promise<{ id: string; createdMs: number }> {
  const parameters = new RawJson(JSON.stringify({ alpha }));
  const run = await platform.client.submitRun({ path: "~/one.ipynb", parameters });
  return { id: run.id, createdMs: Date.parse(run.created_at) };
}

/** Submits runs, a few at a time, and no more than a few thousand ahead of those that are `done`. */
async function submitMany(bed: Bed, count: number, done: () => number = () => count): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await submit(bed, next);
      while (next - done() > 4000) await pause(50);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** Claims and completes that many runs; gives how long that took, in milliseconds. */
async function completeAll(bed: Bed, count: number): Promise<number> {
  const stop = new AbortController();
  let done = 0;
  const runner = createNoOpRunner(runnerClient(bed), 64, () => {
    done += 1;
    if (done === count) stop.abort();
  });
  const begun = performance.now();
  await runner.run(stop.signal, () => undefined);
  return performance.now() - begun;
}

/** Submits one run every `everyMs` and gives how long each took from there until the runner had it. */
async function delays(bed: Bed, count: number, everyMs: number): Promise<readonly number[]> {
  const stop = new AbortController();
  const claimedAt = new Map<string, number>();
  const runner = createNoOpRunner(runnerClient(bed), 64);
  const running = runner.run(stop.signal, (ids) => {
    for (const id of ids) claimedAt.set(id, Date.now());
  });
  const submitted: Promise<{ id: string; createdMs: number }>[] = [];
  for (let index = 0; index < count; index++) {
    submitted.push(submit(bed, index));
    await pause(everyMs);
  }
  const runs = await Promise.all(submitted);
  while (claimedAt.size < count) await pause(50);
  stop.abort();
  await running;
  return runs.map(({ id, createdMs }) => (claimedAt.get(id) ?? NaN) - createdMs);
}

/** Keeps a few real runs waiting all the time; gives how many ended in the measured time. */
async function sustain(bed: Bed, report: (text: string) => void): Promise<{ runs: number; ms: number }> {
  const { client } = bed.platform;
  const begun = performance.now();
  const end = begun + WARM_UP_MS + SUSTAINED_MS;
  let counted = 0;
  const work = async (): Promise<void> => {
    for (let index = 0; performance.now() < end; index++) {
      const { id } = await submit(bed, index);
      for await (const _ of client.followRun(id)) {
        // To its end.
      }
      const { status } = await client.getRun(id);
      if (status !== "succeeded") throw new Error(`run ${id} ended as ${status}`);
      const now = performance.now();
      if (now < begun + WARM_UP_MS || now > end) continue;
      counted += 1;
      if (counted % 500 === 0) report(`${counted} runs`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  const { records, problems } = await verifyAll(client);
  if (problems.length > 0) throw new Error(`of ${records} records, ${problems.length} do not verify`);
  report(`${records} records verify`);
  return { runs: counted, ms: SUSTAINED_MS };
}

/** Times pages: the newest, those of one status, and deep ones. */
async function pageTimes(bed: Bed, count: number): Promise<readonly number[]> {
  const { client } = bed.platform;
  const times: number[] = [];
  let before: string | undefined;
  for (let index = 0; index < count; index++) {
    const status = index % 3 === 1 ? { status: "failed" } : {};
    const from = index % 3 === 2 && before !== undefined ? { before } : {};
    const begun = performance.now();
    const page = await client.listRuns({ limit: 50, ...status, ...from });
    times.push(performance.now() - begun);
    if (page.runs.length !== 50) throw new Error(`a page of ${page.runs.length} runs`);
    before = page.runs.at(-1)?.id;
  }
  return times;
}

function serverMemoryMb({ platform }: Bed): number {
  const { pid } = JSON.parse(readFileSync(join(platform.dataDirectory, "server.json"), "utf8")) as {
    pid: number;
  };
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
