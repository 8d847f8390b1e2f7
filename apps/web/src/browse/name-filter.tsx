import { type ReactNode, useEffect, useState } from "react";

/** How long nothing is typed before names are looked for, in milliseconds. */
const PAUSE_MS = 120;

/** Asks for a part of a name, and tells it once nothing more is typed. Escape empties it. */
export function NameFilter({ onName }: { readonly onName: (name: string) => void }): ReactNode {
  const [typed, setTyped] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => onName(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, onName]);
  return (
    <input
      type="search"
      className="name-filter"
      aria-label="Only names with"
      placeholder="Only names with …"
      value={typed}
      maxLength={255}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={({ key }) => {
        if (key === "Escape") setTyped("");
      }}
    />
  );
}
