import type { Run } from "@notemill/api";
import { formatDuration } from "@notemill/html-export";
import type { ReactNode } from "react";
import { useNow } from "../shell/use-now.ts";

type Times = Pick<Run, "started_at" | "finished_at">;

/** How long a run took, or has taken so far. */
export function RunTime({
  run: { started_at: startedAt, finished_at: finishedAt },
}: {
  readonly run: Times;
}): ReactNode {
  const isUnderWay = startedAt !== null && finishedAt === null;
  const now = useNow(isUnderWay ? 1000 : null);
  if (startedAt === null) return null;
  const end = finishedAt === null ? now : new Date(finishedAt);
  const seconds = Math.max(0, (end.getTime() - new Date(startedAt).getTime()) / 1000);
  return <span className="tabular">{formatDuration(isUnderWay ? Math.floor(seconds) : seconds)}</span>;
}
