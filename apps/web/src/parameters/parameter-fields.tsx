import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { SlotField } from "../schedules/slot-field.tsx";
import type { SpecDraft } from "../schedules/spec-draft.ts";
import { server } from "../server/server.ts";
import { FieldInput } from "./field-input.tsx";
import { recentTexts } from "./recent-values.ts";
import type { FilledForm } from "./use-filled-form.ts";

/** So many of the last runs are looked at for the values that they were given. */
const LOOKED_AT = 50;

interface ParameterFieldsProps extends Pick<FilledForm, "fields" | "filled" | "reading"> {
  /** The virtual path of the notebook, by which earlier runs are found. */
  readonly path: string;
  /** What is wrong or may not be meant, by name. */
  readonly problems: ReadonlyMap<string, string>;
  /** Whether to say of fields that nobody has touched, too, what is wrong with them. */
  readonly isTried: boolean;
  /** When the slots are that parameters may follow; undefined where there are none. */
  readonly spec: SpecDraft | undefined;
  readonly onChange: (name: string, text: string) => void;
}

/** A field for every parameter that the notebook declares, with what its last runs were given. */
export function ParameterFields(props: ParameterFieldsProps): ReactNode {
  const { fields, filled, reading, path, problems, isTried, spec, onChange } = props;
  // Who may not see runs fills in the form without them.
  const { data: earlier } = useQuery({
    queryKey: ["recent-values", path],
    queryFn: ({ signal }) => server.listRuns({ path, limit: LOOKED_AT }, { signal }),
    staleTime: 30_000,
  });
  const recent = useMemo(
    () => new Map(fields.map((field) => [field.name, recentTexts(earlier?.runs ?? [], field)])),
    [fields, earlier],
  );
  return fields.map((field) => {
    const { name, kind, initial } = field;
    // A list of values and an expression are text, whatever the value is.
    const isText = kind !== "json" && (filled.count === "sweep" || reading.expressions.has(name));
    return (
      <FieldInput
        key={name}
        field={isText ? { ...field, kind: "text" } : field}
        text={filled.texts[name] ?? initial}
        recent={recent.get(name) ?? []}
        problem={isTried || name in filled.texts ? problems.get(name) : undefined}
        onChange={(text) => onChange(name, text)}
      >
        {spec !== undefined && (
          <SlotField
            field={field}
            spec={spec}
            text={filled.texts[name] ?? initial}
            onChange={(text) => onChange(name, text)}
          />
        )}
      </FieldInput>
    );
  });
}
