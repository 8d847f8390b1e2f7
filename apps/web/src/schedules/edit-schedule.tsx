import type { File, Schedule } from "@notemill/api";
import { parseJson } from "@notemill/json";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useDocument } from "../notebook/use-document.ts";
import { declaredParameters } from "../parameters/declared-parameters.ts";
import { fieldOf } from "../parameters/field.ts";
import { FIRST_START, type FormStart, givenTexts } from "../parameters/form-start.ts";
import type { ScheduleRequest } from "../parameters/form-request.ts";
import { ParameterForm } from "../parameters/parameter-form.tsx";
import { sayWarnings } from "../runs/say-warnings.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { say } from "../shell/toasts.ts";
import { changedParts } from "./changed-parts.ts";
import { useRefresh } from "./schedule-buttons.tsx";
import { planOf, planRequest } from "./schedule-plan.ts";
import { WorkflowScheduleForm } from "./workflow-schedule-form.tsx";

interface EditScheduleProps {
  readonly schedule: Schedule;
  readonly onClose: () => void;
}

/** A form that changes a schedule. */
export function EditSchedule({ schedule, onClose }: EditScheduleProps): ReactNode {
  const { path, workflow } = schedule;
  const file = useQuery({
    queryKey: ["file", path],
    queryFn: ({ signal }) => server.getFile(path ?? "", { signal }),
    enabled: path !== null,
  });
  const detail = useQuery({
    queryKey: ["workflow", workflow?.id],
    queryFn: ({ signal }) => server.getWorkflow(workflow?.id ?? "", { signal }),
    enabled: workflow !== null,
  });
  const error = file.error ?? detail.error;
  return (
    <section aria-label={`Edit ${schedule.name}`} className="edit-schedule">
      {error !== null && <Problem error={error} />}
      {file.data !== undefined && <NotebookSchedule schedule={schedule} file={file.data} onClose={onClose} />}
      {detail.data !== undefined && (
        <WorkflowScheduleForm workflow={detail.data} schedule={schedule} onClose={onClose} />
      )}
    </section>
  );
}

function NotebookSchedule({
  schedule,
  file,
  onClose,
}: EditScheduleProps & { readonly file: File }): ReactNode {
  const { id, name } = schedule;
  const { data: notebook, error } = useDocument(file);
  const refresh = useRefresh();
  const first = useMemo(
    () =>
      notebook === undefined ? FIRST_START : startOf(schedule, declaredParameters(notebook).map(fieldOf)),
    [schedule, notebook],
  );
  const plan = useMemo(() => planOf(schedule), [schedule]);
  const isOfSets = schedule.sweep !== null && hasSets(schedule.sweep);
  if (error !== null) return <Problem error={error} />;
  if (notebook === undefined) return null;
  const save = async ({ run, plan: planned, sweep }: ScheduleRequest): Promise<void> => {
    const changes = changedParts(schedule, {
      ...planRequest(planned),
      ...run,
      environment: run.environment ?? null,
      follows: planned.follows,
      ...(isOfSets ? {} : { sweep: sweep === null ? null : { ...schedule.sweep, ...sweep } }),
    });
    if (Object.keys(changes).length > 0) sayWarnings((await server.updateSchedule(id, changes)).warnings);
    await refresh();
    say(`${name} is changed`);
    onClose();
  };
  const { path } = file;
  return (
    <>
      {isOfSets && (
        <p className="quiet">
          Each slot is a sweep over a list of sets of values. This form leaves that as it is;{" "}
          <code>notemill schedules update</code> changes it.
        </p>
      )}
      <ParameterForm
        title={`Edit ${name}`}
        notebook={notebook}
        path={path}
        first={first}
        onClose={onClose}
        start={(request, idempotencyKey) => server.submitRun({ path, ...request }, { idempotencyKey })}
        {...(isOfSets
          ? {}
          : {
              startSweep: (request: Parameters<typeof server.submitSweep>[0], idempotencyKey: string) =>
                server.submitSweep({ ...request, path }, { idempotencyKey }),
            })}
        scheduling={{ plan, when: "schedule", onWhen: null, label: "Save", save }}
      />
    </>
  );
}

/** Whether a sweep has a list of sets of values, for which a form has no fields. */
function hasSets({ grid }: NonNullable<Schedule["sweep"]>): boolean {
  return Array.isArray(parseJson(grid.text));
}

/** What is in the form at first. */
function startOf(schedule: Schedule, fields: Parameters<typeof givenTexts>[0]): FormStart {
  const { parameters, sweep, settings } = schedule;
  return {
    ...givenTexts(fields, parameters, sweep?.grid ?? null),
    count: sweep === null || hasSets(sweep) ? "run" : "sweep",
    mode: sweep?.mode ?? "product",
    jobs: String(sweep?.concurrency ?? 4),
    keepMs: settings.keep_kernel_ms,
    resources: { memoryBytes: settings.memory_bytes ?? null, environment: settings.environment ?? null },
  };
}
