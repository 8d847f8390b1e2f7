/** Writes an instant for people, in their own time zone: `23 Nov 2026, 08:46:38`. */
export function shownTime(time: string): string {
  return new Date(time).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}
