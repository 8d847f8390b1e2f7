import { lazy, type ReactNode, Suspense, useState } from "react";
import { useMayChange } from "../shell/use-session.ts";
import type { SharedThing } from "./shared-thing.ts";

const ShareSheet = lazy(async () => ({ default: (await import("./share-sheet.tsx")).ShareSheet }));

/** Opens what makes, lists and revokes links to something. It is not there for who may not. */
export function ShareButton({ thing }: { readonly thing: SharedThing }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  if (!useMayChange()) return null;
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Share …
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <ShareSheet thing={thing} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
