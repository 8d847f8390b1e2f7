import { setTimeout as pause } from "node:timers/promises";
import { type ProcessEntry, processesOf } from "./victims.ts";

/** All processes that a round has had, as far as they lived long enough to be seen. */
export interface ProcessWatch extends AsyncDisposable {
  readonly seen: readonly ProcessEntry[];
  /** The processes that there were a moment ago. */
  readonly latest: readonly ProcessEntry[];
  /** The processes that there are now. */
  look(): Promise<readonly ProcessEntry[]>;
}

const EVERY_MS = 250;

/** Begins to look for the processes of a round, so that a deed need not wait for that. */
export function watchProcesses(mark: string): ProcessWatch {
  const seen = new Map<string, ProcessEntry>();
  const stopped = new AbortController();
  let latest: readonly ProcessEntry[] = [];

  async function look(): Promise<readonly ProcessEntry[]> {
    const entries = await processesOf(mark);
    latest = entries;
    for (const entry of entries) seen.set(`${entry.pid} ${entry.began}`, entry);
    return entries;
  }
  async function watch(): Promise<void> {
    while (!stopped.signal.aborted) {
      await look();
      await pause(EVERY_MS);
    }
  }
  const watching = watch();

  return {
    look,
    get latest() {
      return latest;
    },
    get seen() {
      return [...seen.values()];
    },
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await watching;
    },
  };
}
