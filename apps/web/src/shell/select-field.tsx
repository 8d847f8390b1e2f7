import { type ReactNode, useId } from "react";

interface SelectFieldProps<Name extends string> {
  readonly label: string;
  /** What is shown for each choice, in the order in which they are offered. */
  readonly choices: Readonly<Record<Name, string>>;
  readonly value: Name;
  readonly onChange: (value: Name) => void;
  /** What is said below it. */
  readonly help?: string;
}

/** A field with a few choices. */
export function SelectField<Name extends string>({
  label,
  choices,
  value,
  onChange,
  help,
}: SelectFieldProps<Name>): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => onChange(event.target.value as Name)}
      >
        {(Object.entries(choices) as [Name, string][]).map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
      {help !== undefined && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
