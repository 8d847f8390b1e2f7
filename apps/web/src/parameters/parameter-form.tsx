import type { StartedRun } from "@notemill/api";
import type { RawJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { type ParameterMap, validateParameters } from "@notemill/parameters";
import { useMutation, useQuery } from "@tanstack/react-query";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefCallback,
  type SubmitEvent,
  useId,
  useMemo,
  useState,
} from "react";
import { goToStarted } from "../runs/go-to-started.ts";
import { NextSlots } from "../schedules/cron-fields.tsx";
import { randomKey } from "../server/random-key.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { declaredParameters } from "./declared-parameters.ts";
import { fieldOf, givenField } from "./field.ts";
import { FieldInput } from "./field-input.tsx";
import { countRuns, type FormKind, jsonOf, readForm } from "./form-reading.ts";
import { recentTexts } from "./recent-values.ts";
import { ResourceFields, type Resources } from "./resource-fields.tsx";
import { firstPlan, ScheduleFields, type SchedulePlan } from "./schedule-fields.tsx";
import "../styles/forms.css";

/** What a form asks the server for. */
export interface FormRequest {
  readonly parameters: RawJson;
  readonly keep_kernel_ms: number;
  /** The most memory in bytes; null for no limit. */
  readonly memory_bytes: number | null;
  /** The name of an environment; left out for what the notebook says. */
  readonly environment?: string;
}

/** The values of a form where there are many. */
export interface FormSweep {
  readonly grid: RawJson;
  readonly mode: "product" | "zip";
  readonly concurrency: number;
}

/** How a form makes a schedule. */
export interface Scheduling {
  /** The name that a schedule has at first. */
  readonly name: string;
  /** Whether the form makes one, or starts runs now. */
  readonly when: FormKind["when"];
  readonly onWhen: (when: FormKind["when"]) => void;
  /** Makes the schedule. Rejects with what is wrong. */
  readonly make: (
    request: FormRequest & SchedulePlan & { readonly sweep: FormSweep | null },
  ) => Promise<void>;
}

interface ParameterFormProps {
  readonly title: string;
  /** The notebook that declares the parameters. */
  readonly notebook: Notebook;
  /** Its virtual path, by which earlier runs are found. */
  readonly path: string;
  /** What stands for defaults where an earlier run had values. Default: none. */
  readonly given?: ParameterMap;
  /** The most memory that an earlier run could take, in bytes. Default: no limit. */
  readonly memoryBytes?: number | null;
  readonly onClose: () => void;
  /** Is given the heading of the form when that is there. Default: nothing is done with it. */
  readonly headingRef?: RefCallback<HTMLElement>;
  /** Starts a run. With the same key it starts one, however often. */
  readonly start: (request: FormRequest, idempotencyKey: string) => Promise<StartedRun>;
  /** Starts a sweep; without it, one run is all that the form offers. */
  readonly startSweep?: (request: FormRequest & FormSweep, idempotencyKey: string) => Promise<StartedRun>;
  /** What makes schedules; without it, the form starts runs only. */
  readonly scheduling?: Scheduling;
}

/** So many of the last runs are looked at for the values that they were given. */
const LOOKED_AT = 50;

const KEEP = [
  [0, "Ends with the run"],
  [600_000, "Stays for 10 minutes, to look into it"],
  [3_600_000, "Stays for an hour"],
  [86_400_000, "Stays for a day"],
] as const;

/**
 * A form of the parameters that a notebook declares, for a run or for a sweep, now or on a schedule; it goes to the
 * page of what it started.
 */
export function ParameterForm(props: ParameterFormProps): ReactNode {
  const { title, notebook, path, given, memoryBytes = null, start, startSweep, scheduling } = props;
  const { onClose, headingRef } = props;
  const id = useId();
  const declared = useMemo(() => declaredParameters(notebook), [notebook]);
  const fields = useMemo(
    () => declared.map((it) => givenField(fieldOf(it), given?.get(it.name))),
    [declared, given],
  );
  // Who may not see runs fills in the form without them.
  const { data: earlier } = useQuery({
    queryKey: ["recent-values", path],
    queryFn: ({ signal }) => server.listRuns({ path, limit: LOOKED_AT }, { signal }),
    staleTime: 30_000,
  });
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [count, setCount] = useState<FormKind["count"]>("run");
  const when = scheduling?.when ?? "now";
  const [plan, setPlan] = useState(() => firstPlan(scheduling?.name ?? ""));
  const [mode, setMode] = useState<"product" | "zip">("product");
  const [jobs, setJobs] = useState("4");
  const [keepMs, setKeepMs] = useState<number>(KEEP[1][0]);
  const [resources, setResources] = useState<Resources>({ memoryBytes, environment: null });
  const [isTried, setTried] = useState(false);
  // Sent again after an answer that was lost, the same form starts no second run.
  const [key, setKey] = useState(randomKey);

  const reading = useMemo(() => readForm(fields, texts, { count, when }), [fields, texts, count, when]);
  const { values, expressions, axes, problems } = reading;
  const warnings = useMemo(() => {
    const found = validateParameters(declared, values).filter((it) => it.kind === "type-mismatch");
    return new Map(found.map(({ name, message }) => [name, message]));
  }, [declared, values]);
  const runs = countRuns(reading, mode);
  const isSweep = count === "sweep" && startSweep !== undefined;
  const isScheduled = when === "schedule" && scheduling !== undefined;
  const parameters = jsonOf([...values, ...expressions]);

  const submitting = useMutation({
    mutationFn: async () => {
      const request = {
        parameters,
        keep_kernel_ms: keepMs,
        memory_bytes: resources.memoryBytes,
        ...(resources.environment === null ? {} : { environment: resources.environment }),
      };
      const sweep = isSweep ? { grid: jsonOf(axes), mode, concurrency: Number(jobs) } : null;
      if (isScheduled) return scheduling.make({ ...request, ...plan, sweep });
      const run =
        sweep === null || startSweep === undefined
          ? await start(request, key)
          : await startSweep({ ...request, ...sweep }, key);
      goToStarted(run);
    },
  });
  const change = (name: string, text: string): void => {
    setTexts((before) => ({ ...before, [name]: text }));
    setKey(randomKey());
  };
  const isReady = problems.size === 0 && (!isSweep || typeof runs === "number");
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (!isReady) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    else if (form.reportValidity()) submitting.mutate();
  };
  const closeByEscape = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
  };
  return (
    <form className="run-form" onSubmit={submit} onKeyDown={closeByEscape} noValidate>
      <div className="form-head">
        <h2 ref={headingRef} tabIndex={-1}>
          {title}
        </h2>
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
        <Choice
          label="How many runs"
          choices={{ run: "One run", sweep: "Many values" }}
          chosen={count}
          onChoose={setCount}
        />
      )}
      {scheduling !== undefined && (
        <Choice
          label="When"
          choices={{ now: "Now", schedule: "On a schedule" }}
          chosen={when}
          onChoose={scheduling.onWhen}
        />
      )}
      {isSweep && (
        <p className="quiet">
          Give several values with commas, as <code>1, 2, 5</code>, or a range, as <code>1..5</code> or{" "}
          <code>0:1:0.1</code>.
        </p>
      )}
      {isScheduled && fields.length > 0 && (
        <p className="quiet">
          What is to follow the slot is an expression, as <code>{"${trigger.slot.date()}"}</code>.
        </p>
      )}
      {fields.map((field) => {
        const isTouched = isTried || field.name in texts;
        return (
          <FieldInput
            key={field.name}
            field={
              (isSweep || expressions.has(field.name)) && field.kind !== "json"
                ? { ...field, kind: "text" }
                : field
            }
            text={texts[field.name] ?? field.initial}
            recent={recentTexts(earlier?.runs ?? [], field)}
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
      <ResourceFields
        value={resources}
        hasEnvironment={given === undefined}
        onChange={(next) => {
          setResources(next);
          setKey(randomKey());
        }}
      />
      {isScheduled && (
        <>
          <ScheduleFields plan={plan} onChange={setPlan} />
          <NextSlots value={plan.cron} parameters={parameters} />
        </>
      )}
      <div className="form-end">
        {submitting.isError && <Problem error={submitting.error} />}
        <button type="submit" className="primary" disabled={submitting.isPending || submitting.isSuccess}>
          {isScheduled ? "Schedule" : isSweep ? "Run them" : "Run"}
        </button>
        <span className="quiet" aria-live="polite">
          {problems.size > 0
            ? problemText(problems.size)
            : isSweep
              ? sweepText(runs, when)
              : changedText(values.size + expressions.size, given !== undefined)}
        </span>
      </div>
    </form>
  );
}

function problemText(count: number): string {
  return count === 1 ? "1 value is missing or wrong" : `${count} values are missing or wrong`;
}

function changedText(count: number, isAgain: boolean): string {
  if (count === 0) return isAgain ? "with the same values" : "with the defaults";
  if (isAgain) return count === 1 ? "with 1 other value" : `with ${count} other values`;
  return count === 1 ? "with 1 value of your own" : `with ${count} values of your own`;
}

function sweepText(count: number | string, when: FormKind["when"]): string {
  if (typeof count === "string") return count;
  return `${count === 1 ? "1 run" : `${count} runs`}${when === "schedule" ? " a slot" : ""}`;
}

interface ChoiceProps<Name extends string> {
  readonly label: string;
  readonly choices: Readonly<Record<Name, string>>;
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
}

/** Buttons of which one is pressed. */
function Choice<Name extends string>({ label, choices, chosen, onChoose }: ChoiceProps<Name>): ReactNode {
  return (
    <div className="kinds" role="group" aria-label={label}>
      {(Object.keys(choices) as Name[]).map((name) => (
        <button key={name} type="button" aria-pressed={chosen === name} onClick={() => onChoose(name)}>
          {choices[name]}
        </button>
      ))}
    </div>
  );
}
