import type { ReactNode } from "react";
import { SelectField } from "../shell/select-field.tsx";

const KEEP: Readonly<Record<string, string>> = {
  0: "Ends with the run",
  600000: "Stays for 10 minutes, to look into it",
  3600000: "Stays for an hour",
  86400000: "Stays for a day",
};

/** How long the kernel of a failure stays, in milliseconds. */
export function KeepField({
  ms,
  onChange,
}: {
  readonly ms: number;
  readonly onChange: (ms: number) => void;
}): ReactNode {
  const own = ms in KEEP ? {} : { [ms]: `Stays for ${ms / 60_000} minutes` };
  return (
    <SelectField
      label="If it fails, the kernel"
      choices={{ ...KEEP, ...own }}
      value={String(ms)}
      onChange={(next) => onChange(Number(next))}
    />
  );
}
