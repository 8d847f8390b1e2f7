import type { RunDetail } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, type RefCallback, useMemo } from "react";
import { declaredParameters } from "../parameters/declared-parameters.ts";
import { fieldOf } from "../parameters/field.ts";
import { FIRST_START, givenTexts } from "../parameters/form-start.ts";
import { ParameterForm } from "../parameters/parameter-form.tsx";
import { allBytes, readDocument } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { readAll } from "./again.ts";
import { gridOf } from "./sweep-grid.ts";

/** The form of the notebook of a sweep, with the values that the sweep had. */
export function SweepAgainForm({
  run: { id, path, memory_bytes: memoryBytes = null },
  onClose,
  headingRef,
}: {
  readonly run: RunDetail;
  readonly onClose: () => void;
  readonly headingRef: RefCallback<HTMLElement>;
}): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["sweep-again", id],
    queryFn: async ({ signal }) => {
      const [{ page, children }, { bytes }] = await Promise.all([
        readAll(id),
        server.readFile(path, {}, { signal }),
      ]);
      return { page, grid: gridOf(children), notebook: await readDocument(await allBytes(bytes)) };
    },
    structuralSharing: false,
  });
  const first = useMemo(() => {
    if (data === undefined || data.grid === null) return FIRST_START;
    const { shared, grid, mode } = data.grid;
    return {
      ...FIRST_START,
      ...givenTexts(declaredParameters(data.notebook).map(fieldOf), shared, grid),
      count: "sweep" as const,
      mode,
      jobs: String(data.page.concurrency),
      resources: { memoryBytes, environment: null },
    };
  }, [data, memoryBytes]);
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return <p className="quiet">Loading …</p>;
  return (
    <ParameterForm
      title="Run it with other values"
      notebook={data.notebook}
      path={path}
      first={first}
      onClose={onClose}
      headingRef={headingRef}
      start={(request, idempotencyKey) => server.submitRun({ path, ...request }, { idempotencyKey })}
      startSweep={(request, idempotencyKey) => server.submitSweep({ path, ...request }, { idempotencyKey })}
    />
  );
}
