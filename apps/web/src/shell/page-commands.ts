import { useEffect, useSyncExternalStore } from "react";
import type { Command } from "./commands.ts";

/** What the parts of the page at hand offer. */
const parts = new Set<readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

/** Offers commands in the palette and by their keys as long as a part of a page is there. Hand over the same list each time. */
export function usePageCommands(commands: readonly Command[]): void {
  useEffect(() => {
    parts.add(commands);
    tell();
    return () => {
      parts.delete(commands);
      tell();
    };
  }, [commands]);
}

/** The commands of the page at hand. */
export function useAllPageCommands(): readonly Command[] {
  return useSyncExternalStore(listen, () => all);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  all = [...parts].flat();
  for (const listener of listeners) listener();
}
