import type { KeyboardEvent, ReactNode, RefObject } from "react";

interface CodeInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Is called first with each key; one that it takes is prevented. */
  readonly onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  readonly element?: RefObject<HTMLTextAreaElement | null>;
  readonly placeholder?: string;
}

/** The most lines that are in sight at once. */
const MOST_LINES = 24;

/** A place to write code. Tab leaves it, as it does any field; a new line is indented as the one before. */
export function CodeInput({
  label,
  value,
  onChange,
  onKey,
  element,
  placeholder,
}: CodeInputProps): ReactNode {
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (onKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    const { currentTarget: field } = event;
    const { selectionStart: at, selectionEnd: to, value: text } = field;
    const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    const indent = `${/^\s*/.exec(line)?.[0] ?? ""}${/:\s*$/.test(line) ? "    " : ""}`;
    if (indent === "") return;
    event.preventDefault();
    field.setRangeText(`\n${indent}`, at, to, "end");
    onChange(field.value);
  };
  return (
    <textarea
      ref={element}
      className="code-input"
      aria-label={label}
      value={value}
      rows={Math.min(MOST_LINES, value.split("\n").length)}
      placeholder={placeholder}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={press}
    />
  );
}
