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
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { goToStarted } from "../runs/go-to-started.ts";
import { PreviewedSlots } from "../schedules/next-slots.tsx";
import { planProblems } from "../schedules/plan-problems.ts";
import { planRequest, type SchedulePlan } from "../schedules/schedule-plan.ts";
import { ScheduleFields } from "../schedules/schedule-fields.tsx";
import { TryOut } from "../schedules/try-out.tsx";
import { tryParameters } from "../schedules/try-parameters.ts";
import { usePreview } from "../schedules/use-preview.ts";
import { randomKey } from "../server/random-key.ts";
import { server } from "../server/server.ts";
import { Choice } from "../shell/choice.tsx";
import { Problem } from "../shell/problem.tsx";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import { declaredParameters } from "./declared-parameters.ts";
import { fieldOf, givenField } from "./field.ts";
import { FieldInput } from "./field-input.tsx";
import { countRuns, type FormKind, jsonOf, readForm } from "./form-reading.ts";
import { FIRST_START, type FormStart, withUntouched } from "./form-start.ts";
import { recentTexts } from "./recent-values.ts";
import { ResourceFields, type Resources } from "./resource-fields.tsx";
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

/** What a form asks for where it makes or changes a schedule. */
export interface ScheduleRequest {
  readonly run: FormRequest;
  readonly plan: SchedulePlan;
  readonly sweep: FormSweep | null;
  /** Mail addresses with commas, for those who are told when a run fails. May be empty. */
  readonly mailTo: string;
}

/** How a form makes or changes a schedule. */
export interface Scheduling {
  /** What is in the fields about the schedule at first. */
  readonly plan: SchedulePlan;
  /** Whether the form makes one, or starts runs now. */
  readonly when: FormKind["when"];
  /** What changes that; null for a form that is about a schedule only. */
  readonly onWhen: ((when: FormKind["when"]) => void) | null;
  /** What is on the button. */
  readonly label: string;
  /** Makes or changes it. Rejects with what is wrong. */
  readonly save: (request: ScheduleRequest) => Promise<void>;
}

interface ParameterFormProps {
  readonly title: string;
  /** The notebook that declares the parameters. */
  readonly notebook: Notebook;
  /** Its virtual path, by which earlier runs are found. */
  readonly path: string;
  /** What stands for defaults where an earlier run had values. Default: none. */
  readonly given?: ParameterMap;
  /** What is in the form at first. Default: {@link FIRST_START}. */
  readonly first?: FormStart;
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

const KEEP: Readonly<Record<string, string>> = {
  0: "Ends with the run",
  600000: "Stays for 10 minutes, to look into it",
  3600000: "Stays for an hour",
  86400000: "Stays for a day",
};

const MODES = {
  product: "every value with every other",
  zip: "the first of each, then the second",
} as const;

/**
 * A form of the parameters that a notebook declares, for a run or for a sweep, now or on a schedule; it goes to the
 * page of what it started.
 */
export function ParameterForm(props: ParameterFormProps): ReactNode {
  const { title, notebook, path, given, first = FIRST_START, start, startSweep, scheduling } = props;
  const { onClose, headingRef } = props;
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
  const [texts, setTexts] = useState(first.texts);
  const [count, setCount] = useState(first.count);
  const when = scheduling?.when ?? "now";
  const [plan, setPlan] = useState(scheduling?.plan);
  const [mailTo, setMailTo] = useState("");
  const [mode, setMode] = useState(first.mode);
  const [jobs, setJobs] = useState(first.jobs);
  const [keepMs, setKeepMs] = useState(first.keepMs);
  const [resources, setResources] = useState<Resources>(first.resources);
  const [isTried, setTried] = useState(false);
  // Sent again after an answer that was lost, the same form starts no second run.
  const [key, setKey] = useState(randomKey);

  const reading = useMemo(() => readForm(fields, texts, { count, when }), [fields, texts, count, when]);
  const { values, expressions, problems } = reading;
  const warnings = useMemo(() => {
    const found = validateParameters(declared, values).filter((it) => it.kind === "type-mismatch");
    return new Map(found.map(({ name, message }) => [name, message]));
  }, [declared, values]);
  const isSweep = count === "sweep" && startSweep !== undefined;
  const isTouched = (name: string): boolean =>
    fields.some((field) => field.name === name) && texts[name] !== first.texts[name];
  const parameters = jsonOf(withUntouched(first.values, [...values, ...expressions], isTouched));
  const axes = withUntouched(first.axes, reading.axes, isTouched);
  const runs = countRuns({ axes }, mode);
  const asked = when === "schedule" && plan !== undefined ? planRequest(plan) : undefined;
  const previewed = usePreview(asked?.spec, parameters);

  const request = {
    parameters,
    keep_kernel_ms: keepMs,
    memory_bytes: resources.memoryBytes,
    ...(resources.environment === null ? {} : { environment: resources.environment }),
  };
  const submitting = useMutation({
    mutationFn: async () => {
      const sweep = isSweep ? { grid: jsonOf(axes), mode, concurrency: Number(jobs) } : null;
      if (when === "schedule" && scheduling !== undefined && plan !== undefined)
        return scheduling.save({ run: request, plan, sweep, mailTo });
      const run =
        sweep === null || startSweep === undefined
          ? await start(request, key)
          : await startSweep({ ...request, ...sweep }, key);
      goToStarted(run);
    },
  });
  const refused = planProblems(previewed.error ?? submitting.error);
  const change = (name: string, text: string): void => {
    setTexts((before) => ({ ...before, [name]: text }));
    setKey(randomKey());
    submitting.reset();
  };
  // What is no field's fault, such as a server that is away, may be over when the button is pressed.
  const isFit = problems.size === 0 && planProblems(previewed.error).size === 0;
  const isReady = isFit && (!isSweep || typeof runs === "number");
  const form = useRef<HTMLFormElement>(null);
  const focusProblem = (): void => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  // What the server refuses may be about a field that is out of sight.
  useEffect(() => {
    if (submitting.error !== null) focusProblem();
  }, [submitting.error]);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (!isReady) focusProblem();
    else if (event.currentTarget.reportValidity()) submitting.mutate();
  };
  const closeByEscape = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
  };
  return (
    <form ref={form} className="run-form" onSubmit={submit} onKeyDown={closeByEscape} noValidate>
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
      {scheduling !== undefined && scheduling.onWhen !== null && (
        <Choice
          label="When"
          choices={{ now: "Now", schedule: "On a schedule" }}
          chosen={when}
          onChoose={(next) => {
            submitting.reset();
            scheduling.onWhen?.(next);
          }}
        />
      )}
      {isSweep && (
        <p className="quiet">
          Give several values with commas, as <code>1, 2, 5</code>, or a range, as <code>1..5</code> or{" "}
          <code>0:1:0.1</code>.
        </p>
      )}
      {when === "schedule" && fields.length > 0 && (
        <p className="quiet">
          What is to follow the slot is an expression, as <code>{"${trigger.slot.date()}"}</code>.
        </p>
      )}
      {fields.map((field) => {
        const isShown = isTried || field.name in texts;
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
            problem={
              isShown
                ? (problems.get(field.name) ??
                  warnings.get(field.name) ??
                  refused.get(`parameter ${field.name}`))
                : undefined
            }
            onChange={(next) => change(field.name, next)}
          />
        );
      })}
      {isSweep && (
        <>
          <SelectField label="Several lists" choices={MODES} value={mode} onChange={setMode} />
          <TextField
            label="At a time"
            type="number"
            min={1}
            max={1000}
            step={1}
            value={jobs}
            onChange={setJobs}
          />
        </>
      )}
      <SelectField
        label="If it fails, the kernel"
        choices={{ ...KEEP, ...(keepMs in KEEP ? {} : { [keepMs]: `Stays for ${keepMs / 60_000} minutes` }) }}
        value={String(keepMs)}
        onChange={(ms) => setKeepMs(Number(ms))}
      />
      <ResourceFields
        value={resources}
        hasEnvironment={given === undefined}
        onChange={(next) => {
          setResources(next);
          setKey(randomKey());
        }}
      />
      {when === "schedule" && plan !== undefined && (
        <>
          <ScheduleFields
            plan={plan}
            problems={refused}
            onChange={(next) => {
              setPlan(next);
              submitting.reset();
            }}
          />
          {scheduling?.onWhen !== null && (
            <TextField
              label="If a run fails, mail to"
              type="email"
              isMultiple
              isOptional
              hint="nobody"
              value={mailTo}
              onChange={setMailTo}
            />
          )}
          <PreviewedSlots previewed={previewed} parameters={parameters} />
          <TryOut
            parameters={tryParameters(previewed.preview?.next_slots[0]?.parameters, parameters, axes)}
            start={(tried) => start({ ...request, parameters: tried }, randomKey())}
          />
        </>
      )}
      <div className="form-end">
        {submitting.isError && refused.size === 0 && <Problem error={submitting.error} />}
        <button type="submit" className="primary" disabled={submitting.isPending || submitting.isSuccess}>
          {when === "schedule" && scheduling !== undefined ? scheduling.label : isSweep ? "Run them" : "Run"}
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
