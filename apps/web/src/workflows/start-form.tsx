import type { WorkflowDetail } from "@notemill/api";
import { encodeJson, RawJson } from "@notemill/json";
import type { ParameterValue } from "@notemill/parameters";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useMemo, useState } from "react";
import { readField } from "../parameters/field.ts";
import { FieldInput } from "../parameters/field-input.tsx";
import { goTo } from "../routing/location.ts";
import { workflowRunHref } from "../routing/route.ts";
import { createRequestKeys } from "../server/request-keys.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import "../styles/forms.css";
import { workflowFields } from "./workflow-fields.ts";

/** Starts a workflow-run, with other values for the parameters of the workflow. */
export function StartForm({
  workflow: { id, version },
  onClose,
}: {
  readonly workflow: WorkflowDetail;
  readonly onClose: () => void;
}): ReactNode {
  const fields = useMemo(() => workflowFields(version.definition.text), [version]);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [keyFor] = useState(createRequestKeys);
  const values: [string, ParameterValue][] = [];
  const problems = new Map<string, string>();
  for (const field of fields) {
    const reading = readField(field, texts[field.name] ?? field.initial);
    if (reading.kind === "value") values.push([field.name, reading.value]);
    if (reading.kind === "problem") problems.set(field.name, reading.message);
  }
  const start = useMutation({
    mutationFn: () => {
      const parameters = new RawJson(encodeJson(Object.fromEntries(values)));
      return server.startWorkflow(id, { parameters }, { idempotencyKey: keyFor(parameters) });
    },
    onSuccess: (run) => goTo(workflowRunHref(run.id)),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (problems.size === 0) start.mutate();
  };
  return (
    <form className="run-form start-form" onSubmit={submit} noValidate>
      {fields.length === 0 && <p className="quiet">This workflow has no parameters.</p>}
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          text={texts[field.name] ?? field.initial}
          problem={problems.get(field.name)}
          onChange={(text) => setTexts((before) => ({ ...before, [field.name]: text }))}
        />
      ))}
      {start.isError && <Problem error={start.error} />}
      <div className="form-end">
        <button
          type="submit"
          className="primary"
          disabled={start.isPending || start.isSuccess || problems.size > 0}
        >
          Start
        </button>
        <button type="button" onClick={onClose}>
          Not now
        </button>
      </div>
    </form>
  );
}
