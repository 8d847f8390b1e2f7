import { setTimeout as pause } from "node:timers/promises";
import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import type { RunningCommand } from "../support/cli.ts";
import type { OutputDirectory } from "./output-directory.ts";
import type { Deed } from "./scenario.ts";
import type { ProcessWatch } from "./process-watch.ts";
import type { Victim } from "./victims.ts";

/** A deed that was done. */
export interface Blow {
  readonly deed: Deed;
  /** When it was begun, in milliseconds since 1970. */
  readonly atMs: number;
  /** Whether there was somebody to hit. */
  readonly hasHit: boolean;
}

/** What a deed is done to. */
export interface Struck {
  readonly command: RunningCommand;
  readonly watch: ProcessWatch;
  readonly output: OutputDirectory;
  readonly random: SeededRandom;
}

/** Does a deed to the run of a command. */
export async function strike(deed: Deed, on: Struck): Promise<Blow> {
  if (deed.type === "signal") return sendSignals(deed, on);
  const blow = { deed, atMs: Date.now(), hasHit: !hasEnded(on.command) };
  switch (deed.type) {
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
  return blow;
}

async function sendSignals(deed: Extract<Deed, { type: "signal" }>, on: Struck): Promise<Blow> {
  const pid = await victimOf(deed.victim, on);
  const blow = { deed, atMs: Date.now(), hasHit: pid !== undefined };
  for (const [index, signal] of deed.signals.entries()) {
    if (index > 0) await pause(on.random.between(0, 300));
    if (pid !== undefined) kill(deed.toGroup ? -pid : pid, signal);
  }
  return blow;
}

/** Somebody to hit, who is waited for as long as the command runs. */
async function victimOf(victim: Victim, { command, watch, random }: Struck): Promise<number | undefined> {
  // A look around takes a while, and the moment would pass.
  let processes = watch.latest;
  while (!hasEnded(command)) {
    if (victim === "command") return command.process.pid;
    const found = processes.filter(({ role }) => role === victim);
    if (found.length > 0) return random.pick(found).pid;
    await pause(10);
    processes = await watch.look();
  }
  return undefined;
}

function hasEnded({ process: { exitCode, signalCode } }: RunningCommand): boolean {
  return exitCode !== null || signalCode !== null;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}
