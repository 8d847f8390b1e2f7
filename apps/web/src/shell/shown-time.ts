const MINUTE_MS = 60_000;

/** Writes an instant exactly, in the reader's time zone, and says how that stands to UTC: `2026-11-23 08:46:38 +01:00`. */
export function shownTime(time: string): string {
  const date = new Date(time);
  const minutes = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + minutes * MINUTE_MS).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone(minutes)}`;
}

/** @param minutes - How far a clock of the zone is before one of UTC. */
function zone(minutes: number): string {
  if (minutes === 0) return "UTC";
  const apart = new Date(Math.abs(minutes) * MINUTE_MS).toISOString();
  return `${minutes < 0 ? "−" : "+"}${apart.slice(11, 16)}`;
}
