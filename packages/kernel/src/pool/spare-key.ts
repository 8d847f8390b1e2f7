import type { StartKernelOptions } from "../start-kernel.ts";

/** Options that a kernel can get after it has started, or does not need any longer. */
const NOT_MATCHED: ReadonlySet<string> = new Set(["signal", "onProcessOutput", "startTimeoutMs"]);

/**
 * Equal for two starts exactly when a kernel started for one can be given to the other.
 *
 * That takes the same kernelspec, working directory and environment to the last
 * variable, and the same of every other option: a kernel that has started may have
 * read any of them. Null where a kernel cannot be given to anybody else.
 */
export function spareKey(options: StartKernelOptions): string | null {
  const matched = Object.entries(options).filter(([name]) => !NOT_MATCHED.has(name));
  if (matched.some(([, value]) => typeof value === "function")) return null;
  return JSON.stringify(Object.fromEntries(matched), sortMembers);
}

/** A replacer that makes the text independent of the order in which members were added. */
function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
