import { setTimeout as pause } from "node:timers/promises";
import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import type { RunningCommand } from "../support/cli.ts";
import type { OutputDirectory } from "./output-directory.ts";
import type { Deed } from "./scenario.ts";
import { type ProcessEntry, processesOf, type Victim } from "./victims.ts";

/** A deed that was done. */
export interface Blow {
  readonly deed: Deed;
  /** When it was begun, in milliseconds since 1970. */
  readonly atMs: number;
  /** Whether there was somebody to hit. */
  readonly hasHit: boolean;
  /** The processes of the run right before, watchdogs among them. */
  readonly processes: readonly ProcessEntry[];
}

/** Does a deed to the run of a command. */
export async function strike(
  deed: Deed,
  on: {
    readonly command: RunningCommand;
    readonly mark: string;
    readonly output: OutputDirectory;
    readonly random: SeededRandom;
  },
): Promise<Blow> {
  const processes = await untilThereIs(deed.type === "signal" ? deed.victim : "command", on);
  const atMs = Date.now();
  const blow = { deed, atMs, processes };
  switch (deed.type) {
    case "signal":
      return { ...blow, hasHit: await sendSignals(deed, processes, on) };
    case "disk-full":
      await on.output.fill();
      if (deed.freedAfterMs !== null) {
        await pause(deed.freedAfterMs);
        await on.output.free();
      }
      break;
    case "read-only":
      await on.output.forbidWrites();
      break;
    case "removed":
      await on.output.remove();
  }
  return { ...blow, hasHit: true };
}

/** Waits for somebody to hit, as long as the command runs. */
async function untilThereIs(
  victim: Victim,
  { command, mark }: { readonly command: RunningCommand; readonly mark: string },
): Promise<readonly ProcessEntry[]> {
  for (;;) {
    const processes = await processesOf(mark);
    if (processes.some(({ role }) => role === victim) || hasEnded(command)) return processes;
    await pause(10);
  }
}

function hasEnded({ process: { exitCode, signalCode } }: RunningCommand): boolean {
  return exitCode !== null || signalCode !== null;
}

async function sendSignals(
  { victim, signals, toGroup }: Extract<Deed, { type: "signal" }>,
  processes: readonly ProcessEntry[],
  { command, random }: { readonly command: RunningCommand; readonly random: SeededRandom },
): Promise<boolean> {
  const found = processes.filter(({ role }) => role === victim).map(({ pid }) => pid);
  if (victim === "command" ? hasEnded(command) : found.length === 0) return false;
  const pid = victim === "command" ? command.process.pid : random.pick(found);
  for (const [index, signal] of signals.entries()) {
    if (index > 0) await pause(random.between(0, 300));
    if (pid !== undefined) kill(toGroup ? -pid : pid, signal);
  }
  return true;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}
