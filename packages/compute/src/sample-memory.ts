import { killAll } from "./kill-all.ts";
import type { MemoryLimit, MemoryLimitOptions } from "./memory-limit.ts";
import { type ProcessFacts, processTree } from "./process-tree.ts";
import { watchProcesses } from "./watch-processes.ts";

/** Time between two looks, in milliseconds. */
const LOOK_MS = 100;

/** Looks at what the processes take, again and again, and kills them all when it is more than the limit. */
export function sampleMemory({ bytes }: MemoryLimitOptions): MemoryLimit {
  const roots = new Set<number>();
  /** Of the last look: a child whose parent has ended belongs to nobody, and is remembered. */
  let members = new Set<number>();
  let isExceeded = false;
  const look = (processes: readonly ProcessFacts[]): void => {
    const tree = [...new Set([...roots, ...members])].flatMap((pid) => processTree(processes, pid));
    const byPid = new Map(tree.map((it) => [it.pid, it]));
    members = new Set(byPid.keys());
    const taken = [...byPid.values()].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
    if (taken <= bytes) return;
    isExceeded = true;
    killAll([...members]);
  };
  const watch = watchProcesses(LOOK_MS, look);
  return {
    mechanism: "sampling",
    add: (pid) => void roots.add(pid),
    isExceeded: () => isExceeded,
    async [Symbol.asyncDispose]() {
      await watch.now();
      watch[Symbol.dispose]();
      killAll([...members]);
    },
  };
}
