const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** An instant for people, and for programs in `iso`. */
export interface ShownTime {
  readonly text: string;
  readonly iso: string;
}

/**
 * Writes an instant as `23 Nov 2026, 08:46 UTC`; `undefined` when it is none.
 *
 * @param time - ISO 8601; without an offset it is UTC.
 */
export function formatTime(time: string): ShownTime | undefined {
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(time);
  const date = new Date(`${match?.[1]?.replace(" ", "T")}${match?.[2] ?? "Z"}`);
  if (Number.isNaN(date.getTime())) return undefined;
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const text = `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
  return { text, iso: date.toISOString() };
}

/** Writes a duration as `0.4 s`, `12 s`, `3 min 20 s` or `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return join(`${minutes} min`, whole % 60, "s");
  return join(`${Math.floor(minutes / 60)} h`, minutes % 60, "min");
}

function join(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`;
}
