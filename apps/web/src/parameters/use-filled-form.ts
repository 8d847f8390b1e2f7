import type { RawJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { type ParameterMap, type ParameterValue, validateParameters } from "@notemill/parameters";
import { useMemo, useState } from "react";
import { declaredParameters } from "./declared-parameters.ts";
import { type Field, fieldOf, givenField } from "./field.ts";
import { type FormKind, type FormReading, jsonOf, readForm } from "./form-reading.ts";
import { type FormStart, withUntouched } from "./form-start.ts";

/** What is in a form now, and what it means. */
export interface FilledForm {
  readonly fields: readonly Field[];
  readonly filled: FormStart;
  readonly reading: FormReading;
  /** What may not be meant, by the name of its parameter. */
  readonly warnings: ReadonlyMap<string, string>;
  readonly parameters: RawJson;
  readonly axes: ReadonlyMap<string, readonly ParameterValue[]>;
  readonly change: (part: Partial<FormStart>) => void;
}

/** Keeps what somebody fills in, beginning with `first`, and reads it. */
export function useFilledForm({
  notebook,
  given,
  first,
  when,
}: {
  readonly notebook: Notebook;
  readonly given: ParameterMap | undefined;
  readonly first: FormStart;
  readonly when: FormKind["when"];
}): FilledForm {
  const declared = useMemo(() => declaredParameters(notebook), [notebook]);
  const fields = useMemo(
    () => declared.map((it) => givenField(fieldOf(it), given?.get(it.name))),
    [declared, given],
  );
  const [filled, setFilled] = useState(first);
  const { texts, count } = filled;
  const reading = useMemo(() => readForm(fields, texts, { count, when }), [fields, texts, count, when]);
  const { values, expressions } = reading;
  const warnings = useMemo(() => {
    const found = validateParameters(declared, values).filter((it) => it.kind === "type-mismatch");
    return new Map(found.map(({ name, message }) => [name, message]));
  }, [declared, values]);
  const isTouched = (name: string): boolean =>
    fields.some((field) => field.name === name) && texts[name] !== first.texts[name];
  return {
    fields,
    filled,
    reading,
    warnings,
    parameters: jsonOf(withUntouched(first.values, [...values, ...expressions], isTouched)),
    axes: withUntouched(first.axes, reading.axes, isTouched),
    change: (part) => setFilled((before) => ({ ...before, ...part })),
  };
}
