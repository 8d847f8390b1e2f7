/**
 * Writes an instant as Python's `datetime.isoformat()` does for UTC:
 * `2026-11-23T08:46:38.073836+00:00`, without a fraction when it is zero.
 *
 * @param epochMs - Milliseconds since 1970, with a fraction for microseconds.
 */
export function pythonIsoFormat(epochMs: number): string {
  const { seconds, microseconds } = split(epochMs);
  return `${seconds}${microseconds === "000000" ? "" : `.${microseconds}`}+00:00`;
}

/** The same instant as nbclient writes it in `metadata.execution`: six digits and `Z`. */
export function nbclientTime(epochMs: number): string {
  const { seconds, microseconds } = split(epochMs);
  return `${seconds}.${microseconds}Z`;
}

/** Reads the `date` of a message header; what has no zone is UTC, as old kernels send it. */
export function messageTime(date: string): number {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?(.*)$/.exec(date);
  if (!match) return Number.NaN;
  const [, day, time, fraction = "0", zone = ""] = match;
  const whole = Date.parse(`${day}T${time}${zone === "" ? "Z" : zone.trim()}`);
  return whole + Number(`0.${fraction}`) * 1000;
}

function split(epochMs: number): { seconds: string; microseconds: string } {
  const micros = Math.round(epochMs * 1000);
  const fraction = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  const seconds = new Date((micros - fraction) / 1000).toISOString().slice(0, 19);
  return { seconds, microseconds: String(fraction).padStart(6, "0") };
}
