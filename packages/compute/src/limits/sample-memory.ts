import { killAll } from "../kill-all.ts";
import { type ProcessFacts, processTree } from "../process-tree.ts";
import { watchProcesses } from "../watch-processes.ts";

/** Time between two looks, in milliseconds. */
const LOOK_MS = 100;

/** A limit of memory that is kept by looking. */
export interface SampledMemory extends AsyncDisposable {
  add(pid: number): void;
  isMemoryExceeded(): boolean;
}

/** Looks at what the processes take, again and again, and kills them all when it is more than the limit. */
export function sampleMemory(bytes: number): SampledMemory {
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
    add: (pid) => void roots.add(pid),
    isMemoryExceeded: () => isExceeded,
    async [Symbol.asyncDispose]() {
      await watch.now();
      watch[Symbol.dispose]();
      killAll([...members]);
    },
  };
}
