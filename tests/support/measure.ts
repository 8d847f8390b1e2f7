import { readFile } from "node:fs/promises";
import { type CommandOptions, type CommandResult, NOTEMILL, startCommand } from "./cli.ts";

/** A command that has ended, and the most memory that its own process ever held; its children do not count. */
export interface MeasuredResult extends CommandResult {
  readonly peakMb: number;
}

/** How often the system is asked, in milliseconds; it keeps the highest value itself. */
const LOOK_MS = 10;

/** Runs `notemill` to its end and watches its memory. Where the system does not tell, the peak is 0. */
export async function measured(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<MeasuredResult> {
  const command = startCommand(NOTEMILL, args, options);
  let peakMb = 0;
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${command.process.pid}/status`, "utf8").catch(() => "");
    peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  try {
    return { ...(await command.result), peakMb: Math.round(peakMb) };
  } finally {
    clearInterval(timer);
  }
}
