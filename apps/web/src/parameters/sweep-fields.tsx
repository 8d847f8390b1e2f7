import type { ReactNode } from "react";
import { SelectField } from "../shell/select-field.tsx";
import { TextField } from "../shell/text-field.tsx";
import type { FormStart } from "./form-start.ts";

const MODES = {
  product: "every value with every other",
  zip: "the first of each, then the second",
} as const;

/** How the lists of a sweep go together, and how many of its runs go at a time. */
export function SweepFields({
  mode,
  jobs,
  onChange,
}: Pick<FormStart, "mode" | "jobs"> & {
  readonly onChange: (part: Partial<FormStart>) => void;
}): ReactNode {
  return (
    <>
      <SelectField
        label="Several lists"
        choices={MODES}
        value={mode}
        onChange={(next) => onChange({ mode: next })}
      />
      <TextField
        label="At a time"
        type="number"
        min={1}
        max={1000}
        step={1}
        value={jobs}
        onChange={(next) => onChange({ jobs: next })}
      />
    </>
  );
}
