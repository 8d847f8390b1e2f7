import type { Schedule } from "@notemill/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { goTo } from "../routing/location.ts";
import { runHref, workflowRunHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { say, sayError } from "../shell/toasts.ts";

type Named = Pick<Schedule, "id" | "name" | "path" | "paused">;

/** Starts a run of a schedule at once, whatever else it has under way. */
export function RunNowButton({
  schedule: { id, name, path },
  isPrimary = false,
}: {
  readonly schedule: Named;
  readonly isPrimary?: boolean;
}): ReactNode {
  const refresh = useRefresh();
  const start = useMutation({
    mutationFn: () => server.runSchedule(id),
    onSuccess: ({ id: made }) =>
      say(`${name} is started`, {
        label: "See it",
        run: () => goTo(path === null ? workflowRunHref(made) : runHref(made)),
      }),
    onError: (error) => sayError(error),
    onSettled: refresh,
  });
  return (
    <button
      type="button"
      className={isPrimary ? "primary" : ""}
      disabled={start.isPending}
      onClick={() => start.mutate()}
      aria-label={`Run now: ${name}`}
    >
      Run now
    </button>
  );
}

/** Stops a schedule until somebody lets it go on, or lets it go on. */
export function PauseButton({ schedule: { id, name, paused } }: { readonly schedule: Named }): ReactNode {
  const refresh = useRefresh();
  const toggle = useMutation({
    mutationFn: () => (paused === null ? server.pauseSchedule(id) : server.resumeSchedule(id)),
    onError: (error) => sayError(error),
    onSettled: refresh,
  });
  return (
    <button
      type="button"
      disabled={toggle.isPending}
      onClick={() => toggle.mutate()}
      aria-label={`${paused === null ? "Pause" : "Resume"} ${name}`}
    >
      {paused === null ? "Pause" : "Resume"}
    </button>
  );
}

/** Reads again what pages show of schedules. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      ["schedules", "schedule", "slots"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
  };
}
