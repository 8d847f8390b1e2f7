import { useEffect } from "react";
import { findShortcut, type KeyPress } from "./shortcut-keys.ts";

/** Keys, and what they do. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** Listens for shortcuts, but where somebody writes. `Mod+` shortcuts work there too. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    let presses: readonly KeyPress[] = [];
    const listen = (event: KeyboardEvent): void => {
      const isWithControl = event.ctrlKey || event.metaKey;
      const isWriting =
        event.target instanceof HTMLElement &&
        event.target.matches("input, textarea, select, [contenteditable]");
      if (event.altKey || event.defaultPrevented || (isWriting && !isWithControl)) return;
      presses = [...presses.slice(-1), { key: event.key, isWithControl, at: event.timeStamp }];
      const found =
        shortcuts[
          findShortcut(
            shortcuts.map(({ keys }) => keys),
            presses,
          )
        ];
      if (found === undefined) return;
      event.preventDefault();
      presses = [];
      found.run();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [shortcuts]);
}
