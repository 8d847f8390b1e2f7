import type { DeliveryRules } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { useMayChange } from "../shell/use-session.ts";
import { AlertForm } from "./alert-form.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { EVENT_WORDS } from "./alert-rule.ts";

type Rule = DeliveryRules["rules"][number];

/** Who is told what of a schedule and its runs, and what has been told. */
export function Alerts({ id, isOver }: { readonly id: string; readonly isOver: boolean }): ReactNode {
  const mayChange = useMayChange() && !isOver;
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const queryKey = ["delivery-rules", id];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => server.getDeliveryRules(id, { signal }),
  });
  const onRules = (rules: DeliveryRules): void => void queries.setQueryData(queryKey, rules);
  const remove = useMutation({
    mutationFn: (rule: string) => server.removeDeliveryRule(id, rule),
    onSuccess: onRules,
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return null;
  return (
    <>
      {data.rules.length === 0 && (
        <p className="empty">
          Nobody is told of it. An alert writes to people or to a chat when a run fails.
        </p>
      )}
      {data.rules.length > 0 && (
        <ul className="rules">
          {data.rules.map((rule) => (
            <li key={rule.id}>
              <RuleText rule={rule} />
              {mayChange && (
                <button
                  type="button"
                  disabled={remove.isPending}
                  aria-label={`Remove the alert to ${targetOf(rule)}`}
                  onClick={() => remove.mutate(rule.id)}
                >
                  Remove
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {remove.isError && <Problem error={remove.error} />}
      {mayChange && !isAdding && (
        <div className="actions">
          <button type="button" onClick={() => setAdding(true)}>
            New alert …
          </button>
        </div>
      )}
      {isAdding && (
        <AlertForm
          id={id}
          onMade={(rules) => {
            onRules(rules);
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      )}
      <DeliveryList id={id} />
    </>
  );
}

function RuleText({ rule }: { readonly rule: Rule }): ReactNode {
  const { on, after_seconds: after, scraps, page } = rule;
  const what = on.map((event) => EVENT_WORDS[event]).join(", ");
  return (
    <span>
      <b>{targetOf(rule)}</b>
      <span className="where">
        {after === undefined ? what : `${what} (${after} s)`}
        {scraps.length > 0 && `; with ${scraps.join(", ")}`}
        {page && "; with the output as a page"}
      </span>
    </span>
  );
}

function targetOf({ to }: Rule): string {
  return to.kind === "email" ? to.addresses.join(", ") : to.url;
}
