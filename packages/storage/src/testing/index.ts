/** Stand-ins for tests of code that uses a {@link Store}. */
export { createMemoryStore } from "./memory-store.ts";
export type { MemoryStoreOptions } from "./memory-store.ts";
