import { type ReactNode, useId } from "react";

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** An example, shown while it is empty. */
  readonly hint?: string;
  /** What is said below it. */
  readonly help?: string;
  /** What is wrong with it; undefined for nothing. */
  readonly problem?: string | undefined;
  /** Whether a machine reads what is in it. Default: no. */
  readonly isCode?: boolean;
  /** Whether it may stay empty. Default: no. */
  readonly isOptional?: boolean;
  readonly type?: "text" | "number" | "time" | "datetime-local" | "date" | "email";
  /** For numbers: the least and the most, and what they are whole multiples of. */
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | "any";
  /** What may be meant; anything else can be written too. */
  readonly choices?: readonly string[];
  /** For mail addresses: several, with commas between. Default: one. */
  readonly isMultiple?: boolean;
}

/** A field of a form, with what is said about it. */
export function TextField(props: TextFieldProps): ReactNode {
  const { label, value, onChange, hint = "", help, problem, choices, type = "text", min, max, step } = props;
  const id = useId();
  const notes = [
    help === undefined ? null : `${id}-help`,
    problem === undefined ? null : `${id}-problem`,
  ].filter((it) => it !== null);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        className={props.isCode === true ? "code" : type === "number" ? "number" : ""}
        value={value}
        placeholder={hint}
        required={props.isOptional !== true}
        multiple={props.isMultiple === true}
        min={min}
        max={max}
        step={step}
        spellCheck={false}
        autoComplete="off"
        list={choices === undefined ? undefined : `${id}-choices`}
        aria-invalid={problem !== undefined}
        aria-describedby={notes.length === 0 ? undefined : notes.join(" ")}
        onChange={(event) => onChange(event.target.value)}
      />
      {choices !== undefined && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      {help !== undefined && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem !== undefined && (
        <p className="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
