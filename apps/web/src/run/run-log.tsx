import type { RunDetail } from "@notemill/api";
import { ServerProblem } from "@notemill/client";
import { createNotebookRenderer } from "@notemill/html-export";
import { Outputs } from "@notemill/outputs";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { isOver } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { troubleOf, UNTIL_ANSWERED } from "../server/trouble.ts";
import { Problem } from "../shell/problem.tsx";
import { LiveLog } from "./live-log.tsx";
import type { LiveLog as LiveLogValue } from "./log-text.ts";

/** The most characters of a log that are shown; it is downloaded whole. */
const MOST = 300_000;

const { renderOutputs } = createNotebookRenderer({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });

/** The log of the newest attempt: as its events have it while it goes on, and then as its record has it. */
export function RunLog({
  run: { id, attempt, status },
  log,
}: {
  readonly run: RunDetail;
  readonly log: LiveLogValue;
}): ReactNode {
  const asked = useQuery({
    queryKey: ["log", id, attempt, status],
    queryFn: async ({ signal }) => {
      try {
        const bytes = await server.getRecordFile(id, { attempt, name: "log.txt" }, { signal });
        return new TextDecoder().decode(bytes);
      } catch (caught) {
        if (caught instanceof ServerProblem && caught.code === "OUTPUT_NOT_THERE") return null;
        throw caught;
      }
    },
    enabled: isOver(status),
    ...UNTIL_ANSWERED,
  });
  const { data } = asked;
  const { problem } = troubleOf(asked);
  const outputs = useMemo(
    () => [{ output_type: "stream", name: "stdout", text: (data ?? "").slice(-MOST) } as const],
    [data],
  );
  if (problem !== null) return <Problem error={problem} />;
  const isAwaited = !isOver(status) || data === undefined;
  if (isAwaited && log.text !== "") return <LiveLog log={log} render={renderOutputs} />;
  if (!isOver(status)) return <p className="empty">The log begins when the run does.</p>;
  if (data === undefined) return null;
  if (data === null) return <p className="empty">This attempt left no log.</p>;
  return (
    <div className="markup log">
      {data.length > MOST && <p className="quiet">This is the end of a longer log.</p>}
      <Outputs outputs={outputs} render={renderOutputs} />
    </div>
  );
}
