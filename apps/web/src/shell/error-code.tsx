import { lazy, type ReactNode, Suspense, useState } from "react";

const Explanation = lazy(async () => ({ default: (await import("./explanation.tsx")).Explanation }));

/** The code of an error; a press shows what it means and what to do. */
export function ErrorCode({ code }: { readonly code: string }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="error-code">
      <button
        type="button"
        className="plain code"
        aria-expanded={isOpen}
        title="What this means"
        onClick={() => setOpen(!isOpen)}
      >
        {code}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Explanation code={code} />
        </Suspense>
      )}
    </div>
  );
}
