export { limitMemory } from "./limit-memory.ts";
export type { MemoryLimit, MemoryLimitOptions, MemoryMechanism } from "./memory-limit.ts";
export { PAGE_BYTES } from "./page-bytes.ts";
export { parseProcessStat, treeUsage } from "./process-tree.ts";
export type { ProcessFacts } from "./process-tree.ts";
export { watchProcesses } from "./watch-processes.ts";
export type { ProcessWatch } from "./watch-processes.ts";
