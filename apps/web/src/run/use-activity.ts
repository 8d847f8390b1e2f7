import type { RunEvent } from "@notemill/api";
import { useEffect, useState } from "react";
import { server } from "../server/server.ts";
import { addEvents, NO_ACTIVITY, type RunActivity } from "./run-activity.ts";

/** How often what has come is shown, in milliseconds: some programs print ten thousand lines a second. */
const SHOW_MS = 80;
/** How long to wait before asking a server again that has gone away, in milliseconds. */
const RETRY_MS = 1000;

/** What is known of a run from its events. */
export interface Followed {
  readonly activity: RunActivity;
  /** What ended the following before the run was over; null while it goes on. */
  readonly problem: Error | null;
}

/** Follows the events of a run for as long as the page is there, where that is wanted; a server that is away is asked again. */
export function useActivity(
  runId: string,
  { isFollowed, onStatus }: { readonly isFollowed: boolean; readonly onStatus: () => void },
): Followed {
  const [activity, setActivity] = useState(NO_ACTIVITY);
  const [problem, setProblem] = useState<Error | null>(null);
  useEffect(() => {
    if (!isFollowed) return undefined;
    setProblem(null);
    const gone = new AbortController();
    let waiting: RunEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const events = waiting;
      waiting = [];
      setActivity((before) => addEvents(before, events));
      if (events.some(({ kind }) => kind === "run-status-changed")) onStatus();
    };
    const follow = async (): Promise<void> => {
      const options = { signal: gone.signal, retries: Number.POSITIVE_INFINITY, retryMs: RETRY_MS };
      for await (const event of server.followRun(runId, options)) {
        waiting.push(event);
        timer ??= setTimeout(show, SHOW_MS);
      }
      show();
      onStatus();
    };
    follow().catch((error: unknown) => {
      if (!gone.signal.aborted) setProblem(error instanceof Error ? error : new Error(String(error)));
    });
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [runId, isFollowed, onStatus]);
  return { activity, problem };
}
