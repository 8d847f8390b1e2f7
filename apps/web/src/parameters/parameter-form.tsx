import type { Run } from "@notemill/api";
import { encodeJson, RawJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { type ParameterMap, type ParameterValue, validateParameters } from "@notemill/parameters";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useId, useMemo, useState } from "react";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { randomKey } from "../server/random-key.ts";
import { Problem } from "../shell/problem.tsx";
import { declaredParameters } from "./declared-parameters.ts";
import { type Field, fieldOf, givenField, readField } from "./field.ts";
import { FieldInput } from "./field-input.tsx";
import { readGridField } from "./grid-field.ts";
import "../styles/forms.css";

/** What a form asks the server for. */
export interface FormRequest {
  readonly parameters: RawJson;
  readonly keep_kernel_ms: number;
}

/** What a form asks the server for where there are many values. */
export interface SweepFormRequest extends FormRequest {
  readonly grid: RawJson;
  readonly mode: "product" | "zip";
  readonly concurrency: number;
}

interface ParameterFormProps {
  readonly title: string;
  /** The notebook that declares the parameters. */
  readonly notebook: Notebook;
  /** What stands for defaults where an earlier run had values. Default: none. */
  readonly given?: ParameterMap;
  readonly onClose: () => void;
  /** Starts a run. With the same key it starts one, however often. */
  readonly start: (request: FormRequest, idempotencyKey: string) => Promise<Run>;
  /** Starts a sweep; without it, one run is all that the form offers. */
  readonly startSweep?: (request: SweepFormRequest, idempotencyKey: string) => Promise<Run>;
}

const KEEP = [
  [0, "Ends with the run"],
  [600_000, "Stays for 10 minutes, to look into it"],
  [3_600_000, "Stays for an hour"],
  [86_400_000, "Stays for a day"],
] as const;

/** A form of the parameters that a notebook declares, for a run or for a sweep; it goes to the page of what it started. */
export function ParameterForm(props: ParameterFormProps): ReactNode {
  const { title, notebook, given, onClose, start, startSweep } = props;
  const id = useId();
  const declared = useMemo(() => declaredParameters(notebook), [notebook]);
  const fields = useMemo(
    () => declared.map((it) => givenField(fieldOf(it), given?.get(it.name))),
    [declared, given],
  );
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [kind, setKind] = useState<"run" | "sweep">("run");
  const [mode, setMode] = useState<"product" | "zip">("product");
  const [jobs, setJobs] = useState("4");
  const [keepMs, setKeepMs] = useState<number>(KEEP[1][0]);
  const [isTried, setTried] = useState(false);
  // Sent again after an answer that was lost, the same form starts no second run.
  const [key, setKey] = useState(randomKey);

  const { values, axes, problems } = useMemo(() => readForm(fields, texts, kind), [fields, texts, kind]);
  const warnings = useMemo(() => {
    const found = validateParameters(declared, values).filter((it) => it.kind === "type-mismatch");
    return new Map(found.map(({ name, message }) => [name, message]));
  }, [declared, values]);
  const count = countOf(axes, mode);
  const isSweep = kind === "sweep" && startSweep !== undefined;

  const submitting = useMutation({
    mutationFn: () => {
      const request = { parameters: jsonOf(values), keep_kernel_ms: keepMs };
      if (!isSweep) return start(request, key);
      const concurrency = Number(jobs);
      return startSweep({ ...request, grid: jsonOf(axes), mode, concurrency }, key);
    },
    onSuccess: (run) => goTo(runHref(run.id)),
  });
  const change = (name: string, text: string): void => {
    setTexts((before) => ({ ...before, [name]: text }));
    setKey(randomKey());
  };
  const isReady = problems.size === 0 && (!isSweep || typeof count === "number");
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (isReady) submitting.mutate();
    else event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  return (
    <form className="run-form" onSubmit={submit} noValidate>
      <div className="form-head">
        <h2>{title}</h2>
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
      {startSweep !== undefined && fields.length > 0 && (
        <div className="kinds" role="group" aria-label="How many runs">
          <button type="button" aria-pressed={kind === "run"} onClick={() => setKind("run")}>
            One run
          </button>
          <button type="button" aria-pressed={kind === "sweep"} onClick={() => setKind("sweep")}>
            Many values
          </button>
        </div>
      )}
      {isSweep && (
        <p className="quiet">
          Give several values with commas, as <code>1, 2, 5</code>, or a range, as <code>1..5</code> or{" "}
          <code>0:1:0.1</code>.
        </p>
      )}
      {fields.map((field) => {
        const isTouched = isTried || field.name in texts;
        return (
          <FieldInput
            key={field.name}
            field={isSweep && field.kind !== "json" ? { ...field, kind: "text" } : field}
            text={texts[field.name] ?? field.initial}
            problem={isTouched ? (problems.get(field.name) ?? warnings.get(field.name)) : undefined}
            onChange={(next) => change(field.name, next)}
          />
        );
      })}
      {isSweep && (
        <>
          <div className="field">
            <label htmlFor={`${id}-mode`}>Several lists</label>
            <select
              id={`${id}-mode`}
              value={mode}
              onChange={(event) => setMode(event.target.value === "zip" ? "zip" : "product")}
            >
              <option value="product">every value with every other</option>
              <option value="zip">the first of each, then the second</option>
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-jobs`}>At a time</label>
            <input
              id={`${id}-jobs`}
              type="number"
              min={1}
              max={1000}
              value={jobs}
              onChange={(event) => setJobs(event.target.value)}
            />
          </div>
        </>
      )}
      <div className="field">
        <label htmlFor={`${id}-keep`}>If it fails, the kernel</label>
        <select id={`${id}-keep`} value={keepMs} onChange={(event) => setKeepMs(Number(event.target.value))}>
          {KEEP.map(([ms, text]) => (
            <option key={ms} value={ms}>
              {text}
            </option>
          ))}
        </select>
      </div>
      {submitting.isError && <Problem error={submitting.error} />}
      <div className="form-end">
        <button type="submit" className="primary" disabled={submitting.isPending || submitting.isSuccess}>
          {isSweep ? "Run them" : "Run"}
        </button>
        <span className="quiet" aria-live="polite">
          {isSweep ? sweepText(count) : changedText(values.size, given !== undefined)}
        </span>
      </div>
    </form>
  );
}

function changedText(count: number, isAgain: boolean): string {
  if (count === 0) return isAgain ? "with the same values" : "with the defaults";
  if (isAgain) return count === 1 ? "with 1 other value" : `with ${count} other values`;
  return count === 1 ? "with 1 value of your own" : `with ${count} values of your own`;
}

function sweepText(count: number | string): string {
  if (typeof count === "string") return count;
  return count === 1 ? "1 run" : `${count} runs`;
}

/** How many runs the values mean; or why they cannot be combined. */
function countOf(
  axes: ReadonlyMap<string, readonly ParameterValue[]>,
  mode: "product" | "zip",
): number | string {
  const lengths = [...axes.values()].map(({ length }) => length);
  if (lengths.length === 0) return "Give one of them several values";
  if (mode === "product") return lengths.reduce((product, length) => product * length, 1);
  const [most = 0] = lengths.toSorted((a, b) => b - a);
  return lengths.every((length) => length === most) ? most : "The lists are not equally long";
}

function jsonOf(values: ReadonlyMap<string, ParameterValue>): RawJson {
  return new RawJson(encodeJson(Object.fromEntries(values)));
}

interface FormReading {
  readonly values: ReadonlyMap<string, ParameterValue>;
  /** Those with several values, in a sweep. */
  readonly axes: ReadonlyMap<string, readonly ParameterValue[]>;
  readonly problems: ReadonlyMap<string, string>;
}

function readForm(
  fields: readonly Field[],
  texts: Readonly<Record<string, string>>,
  kind: "run" | "sweep",
): FormReading {
  const values = new Map<string, ParameterValue>();
  const axes = new Map<string, readonly ParameterValue[]>();
  const problems = new Map<string, string>();
  for (const field of fields) {
    const text = texts[field.name] ?? field.initial;
    const reading = kind === "run" ? readField(field, text) : readGridField(field, text);
    if (reading.kind === "problem") problems.set(field.name, reading.message);
    if (reading.kind === "value") values.set(field.name, reading.value);
    if (reading.kind !== "values") continue;
    const [first = null, ...others] = reading.values;
    if (others.length === 0) values.set(field.name, first);
    else axes.set(field.name, reading.values);
  }
  return { values, axes, problems };
}
