import type { File } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type RefCallback, useState } from "react";
import { goTo } from "../routing/location.ts";
import { scheduleHref } from "../routing/route.ts";
import { firstPlan, planRequest } from "../schedules/schedule-plan.ts";
import { sayWarnings } from "../runs/say-warnings.ts";
import { server } from "../server/server.ts";
import { say } from "../shell/toasts.ts";
import { useMayChange } from "../shell/use-session.ts";
import type { FormKind } from "./form-reading.ts";
import type { ScheduleRequest } from "./form-request.ts";
import { ParameterForm } from "./parameter-form.tsx";

interface RunFormProps {
  readonly file: File;
  readonly notebook: Notebook;
  readonly when: FormKind["when"];
  readonly onWhen: (when: FormKind["when"]) => void;
  readonly onClose: () => void;
  readonly headingRef: RefCallback<HTMLElement>;
}

/**
 * A form of the parameters that a notebook declares; it starts a run or a sweep and goes to its page, or puts
 * either on a schedule.
 */
export function RunForm(props: RunFormProps): ReactNode {
  const { file, notebook, when, onWhen, onClose, headingRef } = props;
  const { path, name } = file;
  const mayChange = useMayChange();
  const queries = useQueryClient();
  const [plan] = useState(() => firstPlan(name.replace(/\.ipynb$/, "")));
  const save = async (request: ScheduleRequest): Promise<void> => {
    const id = await makeSchedule(path, request);
    await queries.invalidateQueries({ queryKey: ["schedules"] });
    goTo(scheduleHref(id));
  };
  return (
    <ParameterForm
      title={when === "schedule" ? "Schedule this notebook" : "Run this notebook"}
      notebook={notebook}
      path={path}
      onClose={onClose}
      headingRef={headingRef}
      start={(request, idempotencyKey) => server.submitRun({ path, ...request }, { idempotencyKey })}
      startSweep={(request, idempotencyKey) => server.submitSweep({ path, ...request }, { idempotencyKey })}
      {...(mayChange ? { scheduling: { plan, when, onWhen, label: "Schedule", save } } : {})}
    />
  );
}

/** Makes a schedule of a notebook. @returns Its id. */
async function makeSchedule(path: string, { run, plan, sweep, mailTo }: ScheduleRequest): Promise<string> {
  const asked = planRequest(plan);
  if (asked === undefined) throw new Error("the form says nothing of when it runs");
  const addresses = mailTo.split(/[\s,]+/).filter((it) => it !== "");
  const made = await server.createSchedule({
    path,
    ...asked,
    follows: plan.follows,
    ...run,
    sweep,
    deliveries: addresses.length === 0 ? [] : [{ on: ["failed"], to: { kind: "email", addresses } }],
  });
  say(`${made.name} is scheduled: ${made.in_words}`);
  sayWarnings(made.warnings);
  return made.id;
}
