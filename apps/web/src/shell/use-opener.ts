import { type SyntheticEvent, useMemo, useRef } from "react";

/** Where the focus goes when something opens beside a page, and when it closes again. */
export interface Opener {
  /** Is called by the press that opens it. */
  readonly open: (event: SyntheticEvent<HTMLElement>) => void;
  /** Takes the focus into what has opened; nothing where no press has opened it, as a link does. Is stable, for `ref`. */
  readonly enter: (heading: HTMLElement | null) => void;
  /** Gives the focus back to what has opened it. */
  readonly leave: () => void;
}

/** Keeps the focus with what somebody opens by a button, and closes. */
export function useOpener(): Opener {
  const button = useRef<HTMLElement>(null);
  return useMemo(
    () => ({
      open: ({ currentTarget }) => {
        button.current = currentTarget;
      },
      enter: (heading) => {
        if (button.current !== null) heading?.focus();
      },
      leave: () => {
        button.current?.focus();
        button.current = null;
      },
    }),
    [],
  );
}
