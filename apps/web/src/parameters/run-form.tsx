import type { File } from "@notemill/api";
import { encodeJson, RawJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { type ParameterValue, validateParameters } from "@notemill/parameters";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useMemo, useState } from "react";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { randomKey } from "../server/random-key.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { declaredParameters } from "./declared-parameters.ts";
import { type Field, fieldOf, readField } from "./field.ts";
import { FieldInput } from "./field-input.tsx";
import "../styles/forms.css";

interface RunFormProps {
  readonly file: File;
  readonly notebook: Notebook;
  readonly onClose: () => void;
}

/** A form of the parameters that a notebook declares; it starts a run and goes to its page. */
export function RunForm({ file, notebook, onClose }: RunFormProps): ReactNode {
  const declared = useMemo(() => declaredParameters(notebook), [notebook]);
  const fields = useMemo(() => declared.map(fieldOf), [declared]);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [isTried, setTried] = useState(false);
  // Sent again after an answer that was lost, the same form starts no second run.
  const [key, setKey] = useState(randomKey);

  const { values, problems } = useMemo(() => readForm(fields, texts), [fields, texts]);
  const warnings = useMemo(() => {
    const found = validateParameters(declared, values).filter(({ kind }) => kind === "type-mismatch");
    return new Map(found.map(({ name, message }) => [name, message]));
  }, [declared, values]);

  const start = useMutation({
    mutationFn: () => {
      const parameters = new RawJson(encodeJson(Object.fromEntries(values)));
      return server.submitRun({ path: file.path, parameters }, { idempotencyKey: key });
    },
    onSuccess: ({ id }) => goTo(runHref(id)),
  });
  const change = (name: string, text: string): void => {
    setTexts((before) => ({ ...before, [name]: text }));
    setKey(randomKey());
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (problems.size === 0) start.mutate();
    else event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  return (
    <form className="run-form" onSubmit={submit} noValidate>
      <div className="form-head">
        <h2>Run this notebook</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 4l8 8M12 4l-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
        </button>
      </div>
      {fields.length === 0 && (
        <p className="quiet">
          It declares no parameters. Give a cell the tag <code>parameters</code>, and what it sets can be
          filled in here.
        </p>
      )}
      {fields.map((field) => {
        const text = texts[field.name] ?? field.initial;
        const isTouched = isTried || field.name in texts;
        return (
          <FieldInput
            key={field.name}
            field={field}
            text={text}
            problem={isTouched ? (problems.get(field.name) ?? warnings.get(field.name)) : undefined}
            onChange={(next) => change(field.name, next)}
          />
        );
      })}
      {start.isError && <Problem error={start.error} />}
      <div className="form-end">
        <button type="submit" className="primary" disabled={start.isPending || start.isSuccess}>
          Run
        </button>
        <span className="quiet">{changedText(values.size)}</span>
      </div>
    </form>
  );
}

function changedText(count: number): string {
  if (count === 0) return "with the defaults";
  return count === 1 ? "with 1 value of your own" : `with ${count} values of your own`;
}

interface FormReading {
  readonly values: ReadonlyMap<string, ParameterValue>;
  readonly problems: ReadonlyMap<string, string>;
}

function readForm(fields: readonly Field[], texts: Readonly<Record<string, string>>): FormReading {
  const values = new Map<string, ParameterValue>();
  const problems = new Map<string, string>();
  for (const field of fields) {
    const reading = readField(field, texts[field.name] ?? field.initial);
    if (reading.kind === "value") values.set(field.name, reading.value);
    if (reading.kind === "problem") problems.set(field.name, reading.message);
  }
  return { values, problems };
}
