import { isCodedError } from "@notemill/errors";
import { useSyncExternalStore } from "react";
import { sentence } from "./sentence.ts";

/** Something that is said in passing, and what can be done about it. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "plain" | "warn" | "bad";
  /** That of an error, which can be explained; null where there is none. */
  readonly code: string | null;
  readonly action: ToastAction | null;
}

/** What a press on a toast's button does. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void | Promise<void>;
}

/** How long a toast is there, in milliseconds. What went wrong, or may have, is there until somebody has read it. */
const STAYS_MS = 12_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says something. */
export function say(text: string, action: ToastAction | null = null): void {
  add({ text, action, tone: "plain", code: null });
}

/** Says what was done and may not be meant. */
export function sayWarning(text: string): void {
  add({ text, action: null, tone: "warn", code: null });
}

/** Says what went wrong. */
export function sayError(error: unknown, action: ToastAction | null = null): void {
  const message = error instanceof Error ? error.message : String(error);
  const code = isCodedError(error) ? error.code : null;
  add({ text: sentence(message), action, tone: "bad", code });
}

/** Takes a toast away. */
export function dismiss(id: number): void {
  set(toasts.filter((it) => it.id !== id));
}

/** What is said now. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}

function add(toast: Omit<Toast, "id">): void {
  lastId += 1;
  const id = lastId;
  // What goes wrong again is said once.
  const others = toasts.filter(({ text, tone }) => tone === "plain" || text !== toast.text);
  set([...others, { ...toast, id }]);
  if (toast.tone === "plain") setTimeout(() => dismiss(id), STAYS_MS);
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
