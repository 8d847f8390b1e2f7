import { type ReactNode, useId, useRef } from "react";
import { say } from "../shell/toasts.ts";

/** Shows a text to be copied. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      say("Copied");
    } catch {
      // Browsers let pages copy only where they are served over TLS or from this machine.
      say("Press Ctrl C to copy it");
    }
  };
  return (
    <div className="copy-field" aria-live="polite">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={field}
        className="code"
        value={text}
        readOnly
        onFocus={({ target }) => target.select()}
      />
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>
    </div>
  );
}
