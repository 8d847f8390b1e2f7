import { type ReactNode, type SubmitEvent, useState } from "react";

interface NameFormProps {
  readonly label: string;
  readonly initial: string;
  /** Told the name; null when it was given up. */
  readonly onDone: (name: string | null) => void;
}

/** Asks for the name of a file or folder, in its place. Escape gives up. */
export function NameForm({ label, initial, onDone }: NameFormProps): ReactNode {
  const [name, setName] = useState(initial);
  const trimmed = name.trim();
  const isUsable = trimmed !== "" && !trimmed.includes("/");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isUsable) onDone(trimmed === initial ? null : trimmed);
  };
  return (
    <form className="name-form" onSubmit={submit}>
      <input
        aria-label={label}
        aria-invalid={name !== "" && !isUsable}
        value={name}
        autoFocus
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
        onFocus={({ target }) => target.setSelectionRange(0, stemLength(target.value))}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone(null);
        }}
      />
      <button type="submit" disabled={!isUsable}>
        OK
      </button>
    </form>
  );
}

/** The length of a name without its ending, which mostly stays. */
function stemLength(name: string): number {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? dot : name.length;
}
