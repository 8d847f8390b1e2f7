import type { ServerOptions } from "@notemill/server";
import type { OptionValues } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/** Which runs and messages stay. @throws {@link UsageError} */
export function retentionPolicy(options: OptionValues): NonNullable<ServerOptions["retention"]> {
  const ms = (name: string): number | undefined => {
    const seconds = options.number(name);
    return seconds === undefined ? undefined : seconds * 1000;
  };
  const runsMs = ms("keepRuns");
  const failedRunsMs = ms("keepFailedRuns");
  const messagesMs = ms("keepMessages");
  const keepLatest = options.number("keepLatest");
  const mostRuns = options.number("mostRuns");
  if (failedRunsMs !== undefined && runsMs === undefined)
    throw new UsageError("option --keep-failed-runs: say how long the others stay with --keep-runs");
  if (keepLatest !== undefined && runsMs === undefined)
    throw new UsageError("option --keep-latest: without --keep-runs all runs stay");
  if (mostRuns !== undefined && mostRuns < Math.max(1, keepLatest ?? 1))
    throw new UsageError(`option --most-runs: give ${Math.max(1, keepLatest ?? 1)} or more`);
  return {
    ...(runsMs === undefined ? {} : { runsMs }),
    ...(failedRunsMs === undefined ? {} : { failedRunsMs }),
    ...(keepLatest === undefined ? {} : { keepLatest }),
    ...(mostRuns === undefined ? {} : { mostRuns }),
    ...(messagesMs === undefined ? {} : { messagesMs }),
  };
}
