import type { AttemptFacts, ClaimedAttempt, Failure } from "@notemill/api";
import { limitMemory, type MemoryLimit } from "@notemill/compute";
import { RunnerError } from "./runner-error.ts";

/** The limit of an attempt's memory; null where none was asked for, or none can be had. */
export function limitAttempt({ id, memory_bytes: bytes }: ClaimedAttempt): MemoryLimit | null {
  return bytes === null || bytes === undefined ? null : limitMemory({ bytes, name: id });
}

/** What the record says of it. */
export function limitFacts(
  { memory_bytes: bytes }: ClaimedAttempt,
  limit: MemoryLimit | null,
): AttemptFacts["memory_limit"] {
  if (bytes === null || bytes === undefined) return null;
  return { bytes, enforced_by: limit?.mechanism ?? "nothing" };
}

/** A failure as its reason was: a kernel that the limit has killed did not just die. */
export function limitFailure(
  failure: Failure | null,
  { memory_bytes: bytes }: ClaimedAttempt,
  limit: MemoryLimit | null,
): Failure | null {
  if (failure?.code !== "KERNEL_DIED" || limit?.isExceeded() !== true) return failure;
  const { code, message } = new RunnerError(
    "MEMORY_EXCEEDED",
    `the notebook took more memory than the ${Math.round((bytes ?? 0) / 2 ** 20)} MiB that it may take, and its kernel was killed; ask for more, or let it take less`,
  );
  return { ...failure, code, message };
}
