import type { RunDetail } from "@notemill/api";
import { isJsonObject, parseJson } from "@notemill/json";
import { parametersFromJson } from "@notemill/parameters";
import { type ReactNode, type RefCallback, useMemo } from "react";
import { useOutput } from "../run/use-output.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { FIRST_START } from "./form-start.ts";
import { ParameterForm } from "./parameter-form.tsx";

/** A form that repeats a run with other values; what is left as it is stays as it was in the run. */
export function RerunForm({
  run,
  onClose,
  headingRef,
}: {
  readonly run: RunDetail;
  readonly onClose: () => void;
  readonly headingRef: RefCallback<HTMLElement>;
}): ReactNode {
  const { data: notebook, error } = useOutput(run);
  const given = useMemo(() => {
    const value = parseJson(run.parameters.text);
    return parametersFromJson(isJsonObject(value) ? value : {});
  }, [run.parameters]);
  const first = useMemo(
    () => ({ ...FIRST_START, resources: { memoryBytes: run.memory_bytes ?? null, environment: null } }),
    [run.memory_bytes],
  );
  if (error !== null) return <Problem error={error} />;
  if (notebook === null) return <p className="quiet">It left no notebook, so nobody knows its parameters.</p>;
  if (notebook === undefined) return null;
  return (
    <ParameterForm
      title="Run it again"
      notebook={notebook}
      path={run.path}
      given={given}
      first={first}
      onClose={onClose}
      headingRef={headingRef}
      start={(request, idempotencyKey) => server.rerunRun(run.id, request, { idempotencyKey })}
    />
  );
}
