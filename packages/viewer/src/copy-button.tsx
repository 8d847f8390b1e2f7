import { type ReactNode, useState } from "react";

/** What came of copying. */
const TEXTS = { nothing: "Copy", copied: "Copied", refused: "Not allowed" } as const;

/** Copies a text. What came of it stands in the button until it is left. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const [state, setState] = useState<keyof typeof TEXTS>("nothing");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // Browsers let pages copy only where they are served over TLS or from this machine.
      setState("refused");
    }
  };
  return (
    <button
      type="button"
      className="copy"
      aria-label={state === "nothing" ? label : TEXTS[state]}
      aria-live="polite"
      onClick={() => void copy()}
      onBlur={() => setState("nothing")}
      onPointerLeave={() => setState("nothing")}
    >
      {TEXTS[state]}
    </button>
  );
}
