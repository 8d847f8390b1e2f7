import type { DeliveryRules } from "@notemill/api";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import {
  type AlertDraft,
  type AlertEvent,
  EVENT_WORDS,
  FIRST_ALERT,
  ruleOf,
  WAITING_EVENTS,
} from "./alert-rule.ts";

interface AlertFormProps {
  /** Of the schedule. */
  readonly id: string;
  readonly onMade: (rules: DeliveryRules) => void;
  readonly onClose: () => void;
}

/** Has somebody told of a schedule and its runs. */
export function AlertForm({ id, onMade, onClose }: AlertFormProps): ReactNode {
  const [draft, setDraft] = useState(FIRST_ALERT);
  const change = (part: Partial<AlertDraft>): void => setDraft({ ...draft, ...part });
  const add = useMutation({
    mutationFn: () => server.addDeliveryRule(id, ruleOf(draft)),
    onSuccess: onMade,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  const waits = draft.on.some((event) => WAITING_EVENTS.includes(event));
  return (
    <form className="run-form start-form" aria-label="New alert" onSubmit={submit}>
      <SelectField
        label="Tell"
        choices={{ email: "people by mail", webhook: "a chat or a program" }}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
      />
      {draft.kind === "email" ? (
        <TextField
          label="Mail addresses"
          type="email"
          isMultiple
          hint="ann@example.org, bob@example.org"
          value={draft.addresses}
          onChange={(addresses) => change({ addresses })}
        />
      ) : (
        <>
          <TextField
            label="Address of its webhook"
            isCode
            hint="https://hooks.example.org/…"
            help="Whoever knows it can write there: it is shown without its path from here on."
            value={draft.url}
            onChange={(url) => change({ url })}
          />
          <SelectField
            label="Format"
            choices={{ slack: "as Slack and Mattermost take it", json: "JSON for a program" }}
            value={draft.format}
            onChange={(format) => change({ format })}
          />
        </>
      )}
      <fieldset className="field checks">
        <legend>When</legend>
        {(Object.entries(EVENT_WORDS) as [AlertEvent, string][]).map(([event, words]) => (
          <label key={event}>
            <input
              type="checkbox"
              checked={draft.on.includes(event)}
              onChange={() =>
                change({
                  on: draft.on.includes(event) ? draft.on.filter((it) => it !== event) : [...draft.on, event],
                })
              }
            />
            {words}
          </label>
        ))}
      </fieldset>
      {waits && (
        <TextField
          label="Late or slow is, in minutes"
          type="number"
          min={0.1}
          max={500_000}
          step="any"
          value={draft.afterMinutes}
          onChange={(afterMinutes) => change({ afterMinutes })}
        />
      )}
      <TextField
        label="With these values that the notebook records"
        isCode
        isOptional
        hint="rows, total"
        value={draft.scraps}
        onChange={(scraps) => change({ scraps })}
      />
      <label className="check">
        <input type="checkbox" checked={draft.page} onChange={() => change({ page: !draft.page })} />
        with the output as a page, without its code
      </label>
      <div className="form-end">
        {add.isError && <Problem error={add.error} />}
        <button type="submit" className="primary" disabled={add.isPending || draft.on.length === 0}>
          Add the alert
        </button>
        <button type="button" onClick={onClose}>
          Not now
        </button>
      </div>
    </form>
  );
}
