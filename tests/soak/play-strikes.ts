import type { CommandResult, RunningCommand } from "../support/cli.ts";
import { endsInTime } from "./ends-in-time.ts";
import { measureLateness } from "./lateness.ts";
import { type Events, listenToEvents } from "./moment.ts";
import type { RoundBed } from "./round.ts";
import type { Scenario } from "./scenario.ts";
import { watchProcesses } from "./process-watch.ts";
import { type Blow, strike } from "./strike.ts";
import type { ProcessEntry } from "./victims.ts";

/** What was done to a command, and how it ended. */
export interface PlayedStrikes {
  readonly events: Events;
  readonly blows: readonly Blow[];
  /** The processes that it had, watchdogs among them. */
  readonly processes: readonly ProcessEntry[];
  /** How much a busy machine had held up the command before the first of them, in milliseconds. */
  readonly latenessMs: number;
  readonly result: CommandResult;
}

/** Does to a command what a scenario says, and waits for its end. */
export async function playStrikes(
  command: RunningCommand,
  { strikes }: Scenario,
  bed: RoundBed,
): Promise<PlayedStrikes> {
  const events = listenToEvents(command, bed.cwd);
  const blows: Blow[] = [];
  let latenessMs = 0;
  await using watch = watchProcesses(bed.mark);
  {
    await using lateness = measureLateness(command.process.pid ?? 0, bed.mark);
    for (const { moment, deed } of strikes) {
      if (!(await events.reach(moment))) continue;
      if (blows.length === 0) latenessMs = lateness.recentMs();
      blows.push(await strike(deed, { ...bed, command, watch }));
    }
  }
  const result = await endsInTime(command);
  return { events, blows, latenessMs, result, processes: watch.seen };
}
