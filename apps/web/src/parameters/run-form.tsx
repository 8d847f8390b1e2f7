import type { File } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode, RefCallback } from "react";
import { goTo } from "../routing/location.ts";
import { cronSpec } from "../schedules/cron-fields.tsx";
import { server } from "../server/server.ts";
import { say } from "../shell/toasts.ts";
import { useMayChange } from "../shell/use-session.ts";
import type { FormKind } from "./form-reading.ts";
import { ParameterForm, type Scheduling } from "./parameter-form.tsx";

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
  return (
    <ParameterForm
      title="Run this notebook"
      notebook={notebook}
      path={path}
      onClose={onClose}
      headingRef={headingRef}
      start={(request, idempotencyKey) => server.submitRun({ path, ...request }, { idempotencyKey })}
      startSweep={(request, idempotencyKey) => server.submitSweep({ path, ...request }, { idempotencyKey })}
      {...(mayChange
        ? {
            scheduling: {
              name: name.replace(/\.ipynb$/, ""),
              when,
              onWhen,
              make: async (request) => {
                await makeSchedule(path, request);
                await queries.invalidateQueries({ queryKey: ["schedules"] });
                goTo("/schedules");
              },
            },
          }
        : {})}
    />
  );
}

async function makeSchedule(
  path: string,
  { cron, mailTo, ...request }: Parameters<Scheduling["make"]>[0],
): Promise<void> {
  const addresses = mailTo.split(/[\s,]+/).filter((it) => it !== "");
  const made = await server.createSchedule({
    path,
    spec: cronSpec(cron),
    ...request,
    deliveries: addresses.length === 0 ? [] : [{ on: ["failed"], to: { kind: "email", addresses } }],
  });
  say(`${made.name} runs ${made.in_words}`);
}
