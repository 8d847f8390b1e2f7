import type { ReactNode } from "react";

interface ChoiceProps<Name extends string> {
  readonly label: string;
  readonly choices: Readonly<Record<Name, string>>;
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
}

/** Buttons of which one is pressed. */
export function Choice<Name extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: ChoiceProps<Name>): ReactNode {
  return (
    <div className="kinds" role="group" aria-label={label}>
      {(Object.keys(choices) as Name[]).map((name) => (
        <button key={name} type="button" aria-pressed={chosen === name} onClick={() => onChoose(name)}>
          {choices[name]}
        </button>
      ))}
    </div>
  );
}
