import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { server } from "../server/server.ts";
import { queueText } from "./queue-text.ts";

/** How often the queue is looked at, in milliseconds. */
const AGAIN_MS = 5000;

/** Says what the runs in the queue wait for. */
export function QueueNote(): ReactNode {
  const { data } = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => server.status({ signal }),
    refetchInterval: AGAIN_MS,
  });
  const text = data === undefined ? null : queueText(data);
  return (
    text !== null && (
      <p className="waiting-note" role="status">
        {text} <Link href="/status">Status</Link>
      </p>
    )
  );
}
