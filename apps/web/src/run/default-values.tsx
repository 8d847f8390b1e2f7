import type { RunDetail } from "@notemill/api";
import { encodeJson } from "@notemill/json";
import { type ReactNode, useMemo } from "react";
import { declaredParameters } from "../parameters/declared-parameters.ts";
import { useOutput } from "./use-output.ts";
import { ValueList } from "./value-list.tsx";

/** Properties of {@link DefaultValues}. */
export interface DefaultValuesProps {
  readonly run: Pick<RunDetail, "id" | "attempt" | "status">;
  /** The names of those that it was given. */
  readonly given: ReadonlySet<string>;
}

/** The parameters of a run that it was not given, with the defaults of its notebook. Nothing where there are none. */
export function DefaultValues({ run, given }: DefaultValuesProps): ReactNode {
  const { data: notebook } = useOutput(run);
  const entries = useMemo(
    () =>
      (notebook === null || notebook === undefined ? [] : declaredParameters(notebook))
        .filter(({ name }) => !given.has(name))
        .map(({ name, value, default: source }) => {
          if (value === undefined) return [name, source ?? "–"] as const;
          return [name, typeof value === "string" ? value : encodeJson(value)] as const;
        }),
    [notebook, given],
  );
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>Defaults of the notebook</h2>
      <ValueList entries={entries} />
    </section>
  );
}
