import type { Delivery } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runHref, workflowRunHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { Ago } from "../shell/ago.tsx";
import { Problem } from "../shell/problem.tsx";
import { sayError } from "../shell/toasts.ts";
import { useMayChange } from "../shell/use-session.ts";
import { EVENT_WORDS } from "./alert-rule.ts";

/** How often the list is read again, in milliseconds. */
const AGAIN_MS = 5000;

/** How far a delivery is, as a word and as a status that has a colour. */
const STATES = {
  waiting: ["Waiting", "queued"],
  sent: ["Sent", "succeeded"],
  given_up: ["Given up", "failed"],
} as const;

/** What was told of a schedule, newest first, and what could not be. */
export function DeliveryList({ id }: { readonly id: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["deliveries", id],
    queryFn: ({ signal }) => server.listDeliveries({ schedule: id, limit: 50 }, { signal }),
    refetchInterval: AGAIN_MS,
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined || data.deliveries.length === 0) return null;
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">What was told</h2>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">What</th>
            <th scope="col">When</th>
            <th scope="col">
              <span className="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const { state, event, to, problem, run_id: runId, workflow_run_id: workflowRunId } = delivery;
  const [word, tone] = STATES[state];
  const target = to.kind === "email" ? to.addresses.join(", ") : to.url;
  const href =
    runId !== null ? runHref(runId) : workflowRunId !== null ? workflowRunHref(workflowRunId) : null;
  const what = EVENT_WORDS[event];
  return (
    <tr>
      <td>
        <span className="status" data-status={tone}>
          {word}
        </span>
        {problem !== null && state !== "sent" && <span className="where">{problem}</span>}
      </td>
      <td>
        {href === null ? what : <Link href={href}>{what}</Link>}
        <span className="where">to {target}</span>
      </td>
      <td className="quiet">
        <Ago time={delivery.ended_at ?? delivery.created_at} />
      </td>
      <td className="end">{state !== "sent" && <RetryButton delivery={delivery} />}</td>
    </tr>
  );
}

function RetryButton({ delivery: { id } }: { readonly delivery: Delivery }): ReactNode {
  const mayChange = useMayChange();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => server.retryDelivery(id),
    onError: (error) => sayError(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  if (!mayChange) return null;
  return (
    <button type="button" disabled={retry.isPending} onClick={() => retry.mutate()}>
      Try again
    </button>
  );
}
