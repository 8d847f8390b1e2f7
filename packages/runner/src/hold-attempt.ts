import type { AttemptFacts, ClaimedAttempt, Failure } from "@notemill/api";
import { holdProcesses, type ProcessHold } from "@notemill/compute";
import { RunnerError } from "./runner-error.ts";

/** What an attempt's kernel, and all that it starts, is held by: its limits, and what it takes. */
export function holdAttempt({ id, memory_bytes: memoryBytes, cpus }: ClaimedAttempt): ProcessHold {
  return holdProcesses({ name: id, memoryBytes: memoryBytes ?? null, cpus: cpus ?? null });
}

/** What the record says of it: what was asked for and what kept that, and what the kernel took. */
export function holdFacts(
  { memory_bytes: bytes, cpus }: ClaimedAttempt,
  { enforcement, usage }: ProcessHold,
): Pick<AttemptFacts, "memory_limit" | "cpu_limit" | "resources"> {
  return {
    memory_limit:
      enforcement.memory === null || bytes === null || bytes === undefined
        ? null
        : { bytes, enforced_by: enforcement.memory },
    cpu_limit:
      enforcement.cpus === null || cpus === null || cpus === undefined
        ? null
        : { cpus, enforced_by: enforcement.cpus },
    resources: usage && {
      peak_memory_bytes: usage.peakMemoryBytes,
      cpu_seconds: usage.cpuSeconds,
      samples: {
        every_ms: usage.samples.everyMs,
        memory_bytes: [...usage.samples.memoryBytes],
        cpu_seconds: usage.samples.cpuSeconds.map((it) => Math.round(it * 100) / 100),
      },
      measured_by: "process_tree",
    },
  };
}

/** A failure as its reason was: a kernel that the limit has killed did not just die. */
export function holdFailure(
  failure: Failure | null,
  { memory_bytes: bytes }: ClaimedAttempt,
  hold: ProcessHold,
): Failure | null {
  if (failure?.code !== "KERNEL_DIED" || !hold.isMemoryExceeded()) return failure;
  const { code, message } = new RunnerError(
    "MEMORY_EXCEEDED",
    `the notebook took more memory than the ${Math.round((bytes ?? 0) / 2 ** 20)} MiB that it may take, and its kernel was killed; ask for more, or let it take less`,
  );
  return { ...failure, code, message };
}
