import type { SweepChild } from "@notemill/api";

/** What the status of one run of a sweep is called. */
export function statusWord(status: SweepChild["status"]): string {
  const text = status.replace("_", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
