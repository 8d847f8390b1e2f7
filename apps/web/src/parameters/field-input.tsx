import { type ReactNode, useId } from "react";
import type { Field } from "./field.ts";

interface FieldInputProps {
  readonly field: Field;
  readonly text: string;
  readonly problem: string | undefined;
  /** What the last runs were given for it. Default: nothing. */
  readonly recent?: readonly string[];
  readonly onChange: (text: string) => void;
  /** What else can be done with it. Default: nothing. */
  readonly children?: ReactNode;
}

/** One parameter of a form: its name, what is filled in, and what is said about it. */
export function FieldInput(props: FieldInputProps): ReactNode {
  const { field, text, problem, recent = [], onChange, children } = props;
  const id = useId();
  const { name, typeName, help, isRequired } = field;
  const notes = [help === "" ? null : `${id}-help`, problem === undefined ? null : `${id}-problem`];
  const describedBy = notes.filter((it) => it !== null).join(" ");
  const isChanged = text !== field.initial;
  return (
    <div className="field" data-changed={isChanged || undefined}>
      <label htmlFor={id}>
        <span className="field-name">{name}</span>
        <span className="field-type">{isRequired ? `${typeName} · required` : typeName}</span>
      </label>
      <Control
        field={field}
        text={text}
        onChange={onChange}
        attributes={{
          id,
          "aria-invalid": problem !== undefined,
          "aria-required": isRequired,
          ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
        }}
      />
      {help !== "" && (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {recent.length > 0 && (
        <p className="field-help recent-values">
          Lately{" "}
          {recent.map((it) => (
            <button
              key={it}
              type="button"
              aria-label={`Take ${shortText(it)} for ${name}`}
              onClick={() => onChange(it)}
            >
              {shortText(it)}
            </button>
          ))}
        </p>
      )}
      {children}
      {problem !== undefined && (
        <p className="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

/** The most characters of a value that is offered. */
const SHORT = 24;

function shortText(text: string): string {
  const oneLine = text.replace(/^"(.*)"$/s, "$1").replaceAll(/\s+/g, " ");
  return oneLine.length > SHORT ? `${oneLine.slice(0, SHORT)}…` : oneLine;
}

function Control({
  field: { kind, choices, computedDefault, isNullable },
  text,
  onChange,
  attributes,
}: Pick<FieldInputProps, "field" | "text" | "onChange"> & {
  readonly attributes: Readonly<Record<string, string | boolean>>;
}): ReactNode {
  switch (kind) {
    case "boolean":
      return (
        <input
          {...attributes}
          type="checkbox"
          role="switch"
          checked={text === "true"}
          onChange={(event) => onChange(String(event.target.checked))}
        />
      );
    case "choice":
      return (
        <select {...attributes} value={text} onChange={(event) => onChange(event.target.value)}>
          {!choices.includes(text) && <option value={text}>{text}</option>}
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice.replace(/^"(.*)"$/s, "$1")}
            </option>
          ))}
        </select>
      );
    case "json":
      return (
        <textarea
          {...attributes}
          className="code"
          rows={Math.min(12, text.split("\n").length)}
          value={text}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "integer":
    case "number":
    case "text":
      return (
        <input
          {...attributes}
          type="text"
          className={kind === "text" ? "" : "number"}
          inputMode={kind === "text" ? "text" : "decimal"}
          value={text}
          placeholder={computedDefault ?? (isNullable ? "none" : "")}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
