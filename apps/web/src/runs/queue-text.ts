import type { ServerStatus } from "@notemill/api";

/** Says what the runs in the queue wait for; null where none waits. */
export function queueText({
  queue: { queued },
  runners,
}: Pick<ServerStatus, "queue" | "runners">): string | null {
  if (queued === 0) return null;
  const here = runners.filter((it) => it.is_here);
  const slots = here.reduce((sum, it) => sum + it.slots, 0);
  const busy = here.reduce((sum, it) => sum + it.busy, 0);
  const waits = queued === 1 ? "One run waits" : `${queued} runs wait`;
  if (here.length === 0) return `${waits}: no runner was heard of lately.`;
  if (busy < slots) return `${waits} for a time to begin, or for a runner that has what is needed.`;
  return `${waits} for a free place at a runner: ${slots === 1 ? "the only one is" : `all ${slots} are`} in use.`;
}
