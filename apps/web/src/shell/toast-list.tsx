import type { ReactNode } from "react";
import { ErrorCode } from "./error-code.tsx";
import { dismiss, sayError, type Toast, useToasts } from "./toasts.ts";

/** What is said in passing, at the bottom of the window. */
export function ToastList(): ReactNode {
  const toasts = useToasts();
  return (
    <section className="toasts" aria-label="Notices" aria-live="polite">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function OneToast({ toast: { id, text, tone, code, action } }: { readonly toast: Toast }): ReactNode {
  const act = (): void => {
    dismiss(id);
    Promise.resolve(action?.run()).catch((error: unknown) => sayError(error));
  };
  return (
    <div className="toast" data-tone={tone}>
      <div className="toast-text">
        <p>{text}</p>
        {code !== null && <ErrorCode code={code} />}
      </div>
      {action !== null && (
        <button type="button" onClick={act}>
          {action.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismiss(id)}>
        ×
      </button>
    </div>
  );
}
