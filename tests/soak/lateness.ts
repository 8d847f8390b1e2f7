import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** What a busy machine has held up of late: time that no program can make good. */
export interface Lateness extends AsyncDisposable {
  /**
   * For how long, in the last three seconds, the process had to wait for a processor,
   * plus the longest that the disk took for a few bytes. In milliseconds.
   */
  recentMs(): number;
}

const EVERY_MS = 50;
const WINDOW_MS = 3_000;

interface Sample {
  readonly atMs: number;
  readonly waitedMs: number;
  readonly diskMs: number;
}

/** Begins to measure what holds up a process that writes below a directory. */
export function measureLateness(pid: number, directory: string): Lateness {
  let samples: Sample[] = [];
  const stopped = new AbortController();

  async function measure(): Promise<void> {
    await using probe = await open(join(directory, "disk-probe"), "w");
    while (!stopped.signal.aborted) {
      const begunMs = performance.now();
      await probe.write("probe\n");
      await probe.datasync();
      const atMs = performance.now();
      samples = samples.filter((sample) => atMs - sample.atMs < WINDOW_MS);
      const waitedMs = (await waitedForProcessor(pid)) ?? samples.at(-1)?.waitedMs ?? 0;
      samples.push({ atMs, waitedMs, diskMs: atMs - begunMs });
      await pause(EVERY_MS);
    }
  }
  const measuring = measure();

  return {
    recentMs() {
      const waits = samples.map(({ waitedMs }) => waitedMs);
      const waited = Math.max(0, ...waits) - Math.min(Number.POSITIVE_INFINITY, ...waits);
      return Math.ceil(
        (waits.length === 0 ? 0 : waited) + Math.max(0, ...samples.map(({ diskMs }) => diskMs)),
      );
    },
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await measuring;
    },
  };
}

/** The time that the main thread of a process was ready to run and did not, since it began. */
async function waitedForProcessor(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/schedstat`, "utf8").catch(() => "");
  const nanoseconds = text.split(" ")[1];
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e6;
}
