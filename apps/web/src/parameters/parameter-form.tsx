import type { StartedRun } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";
import type { ParameterMap } from "@notemill/parameters";
import { useMutation } from "@tanstack/react-query";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefCallback,
  type SubmitEvent,
  useEffect,
  useRef,
  useState,
} from "react";
import { goToStarted } from "../runs/go-to-started.ts";
import { PreviewedSlots } from "../schedules/next-slots.tsx";
import { ofParameters, planProblems } from "../schedules/plan-problems.ts";
import { planRequest, type SchedulePlan } from "../schedules/schedule-plan.ts";
import { RunsFields, ScheduleFields } from "../schedules/schedule-fields.tsx";
import { TryOut } from "../schedules/try-out.tsx";
import { tryParameters } from "../schedules/try-parameters.ts";
import { usePreview } from "../schedules/use-preview.ts";
import { randomKey } from "../server/random-key.ts";
import { createRequestKeys } from "../server/request-keys.ts";
import { Choice } from "../shell/choice.tsx";
import { Problem } from "../shell/problem.tsx";
import { countRuns, jsonOf } from "./form-reading.ts";
import type { FormRequest, FormSweep, Scheduling } from "./form-request.ts";
import { FIRST_START, type FormStart } from "./form-start.ts";
import { formSummary } from "./form-summary.ts";
import { MailField } from "./mail-field.tsx";
import { KeepField } from "./keep-field.tsx";
import { ParameterFields } from "./parameter-fields.tsx";
import { ResourceFields } from "./resource-fields.tsx";
import { SweepFields } from "./sweep-fields.tsx";
import { useFilledForm } from "./use-filled-form.ts";
import "../styles/forms.css";

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

/**
 * A form of the parameters that a notebook declares, for a run or for a sweep, now or on a schedule; it goes to the
 * page of what it started.
 */
export function ParameterForm(props: ParameterFormProps): ReactNode {
  const { title, notebook, path, given, first = FIRST_START, start, startSweep, scheduling } = props;
  const { onClose, headingRef } = props;
  const when = scheduling?.when ?? "now";
  const form = useFilledForm({ notebook, given, first, when });
  const { fields, filled, reading, parameters, axes } = form;
  const [plan, setPlan] = useState(scheduling?.plan);
  const [mailTo, setMailTo] = useState("");
  const [isTried, setTried] = useState(false);
  const [keyFor] = useState(createRequestKeys);

  const isSweep = filled.count === "sweep" && startSweep !== undefined;
  const runs = countRuns({ axes }, filled.mode);
  const asked = when === "schedule" && plan !== undefined ? planRequest(plan) : undefined;
  const previewed = usePreview(asked?.spec, parameters);

  const { memoryBytes, environment } = filled.resources;
  const request = {
    parameters,
    keep_kernel_ms: filled.keepMs,
    memory_bytes: memoryBytes,
    ...(environment === null ? {} : { environment }),
  };
  const submitting = useMutation({
    mutationFn: async () => {
      const { mode, jobs } = filled;
      const sweep = isSweep ? { grid: jsonOf(axes), mode, concurrency: Number(jobs) } : null;
      if (when === "schedule" && scheduling !== undefined && plan !== undefined)
        return scheduling.save({ run: request, plan, sweep, mailTo });
      const key = keyFor({ request, sweep });
      const run =
        sweep === null || startSweep === undefined
          ? await start(request, key)
          : await startSweep({ ...request, ...sweep }, key);
      goToStarted(run);
    },
  });
  const refused = planProblems(previewed.error ?? submitting.error);
  // What was said of the form before is not said of another.
  const change = (part: Partial<FormStart>): void => {
    form.change(part);
    submitting.reset();
  };
  const changePlan = (next: SchedulePlan): void => {
    setPlan(next);
    submitting.reset();
  };
  // What is no field's fault, such as a server that is away, may be over when the button is pressed.
  const isFit = reading.problems.size === 0 && planProblems(previewed.error).size === 0;
  const isReady = isFit && (!isSweep || typeof runs === "number");
  const element = useRef<HTMLFormElement>(null);
  const focusProblem = (): void =>
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
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
    <form ref={element} className="run-form" onSubmit={submit} onKeyDown={closeByEscape} noValidate>
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
          chosen={filled.count}
          onChoose={(count) => change({ count })}
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
      {when === "schedule" && plan !== undefined && (
        <>
          <ScheduleFields plan={plan} problems={refused} onChange={changePlan} />
          <PreviewedSlots previewed={previewed} parameters={parameters} />
          {fields.length > 0 && <h3>What its runs get</h3>}
        </>
      )}
      <ParameterFields
        {...form}
        path={path}
        problems={new Map([...ofParameters(refused), ...form.warnings, ...reading.problems])}
        isTried={isTried}
        spec={when === "schedule" ? plan?.spec : undefined}
        onChange={(name, text) => change({ texts: { ...filled.texts, [name]: text } })}
      />
      {isSweep && <SweepFields {...filled} onChange={change} />}
      <KeepField ms={filled.keepMs} onChange={(keepMs) => change({ keepMs })} />
      <ResourceFields
        path={path}
        value={filled.resources}
        hasEnvironment={given === undefined}
        onChange={(resources) => change({ resources })}
      />
      {when === "schedule" && plan !== undefined && (
        <>
          <RunsFields plan={plan} onChange={changePlan} />
          {scheduling?.onWhen !== null && <MailField value={mailTo} onChange={setMailTo} />}
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
          {formSummary(form, {
            runs: isSweep ? runs : null,
            isSlot: when === "schedule",
            isAgain: given !== undefined,
          })}
        </span>
      </div>
    </form>
  );
}
