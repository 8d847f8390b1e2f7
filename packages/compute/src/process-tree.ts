/** What the system tells of one process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parentPid: number;
  /** Processor time of the process and of those of its children that it has waited for. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** Units of times in `/proc`, for a second: the same on every Linux. */
const TICKS = 100;

/** Reads `/proc/PID/stat`; `undefined` for what is none. Source: proc_pid_stat(5). */
export function parseProcessStat(text: string, pageBytes: number): ProcessFacts | undefined {
  // The name of a program stands in parentheses, and may have some itself.
  const end = text.lastIndexOf(")");
  // The state of the process is the first behind it, and the third field of all.
  const field = (number: number): number => Number(text.slice(end + 2).split(" ")[number - 3]);
  const pid = Number.parseInt(text, 10);
  const memoryPages = field(24);
  if (end < 0 || Number.isNaN(pid) || Number.isNaN(memoryPages)) return undefined;
  const ticks = [14, 15, 16, 17].map(field);
  return {
    pid,
    parentPid: field(4),
    cpuSeconds: ticks.reduce((sum, it) => sum + it, 0) / TICKS,
    memoryBytes: memoryPages * pageBytes,
  };
}

/** A process with all that descend from it; empty when it is not there. */
export function processTree(processes: readonly ProcessFacts[], rootPid: number): readonly ProcessFacts[] {
  const children = Map.groupBy(processes, ({ parentPid }) => parentPid);
  const tree = processes.filter(({ pid }) => pid === rootPid);
  // Grows while it is walked.
  for (const { pid } of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** What a process and all that descend from it take together; `undefined` when the process is not there. */
export function treeUsage(
  processes: readonly ProcessFacts[],
  rootPid: number,
): Pick<ProcessFacts, "cpuSeconds" | "memoryBytes"> | undefined {
  const tree = processTree(processes, rootPid);
  if (tree.length === 0) return undefined;
  return {
    cpuSeconds: tree.reduce((sum, it) => sum + it.cpuSeconds, 0),
    memoryBytes: tree.reduce((sum, it) => sum + it.memoryBytes, 0),
  };
}
