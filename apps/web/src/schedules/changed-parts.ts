import type { Schedule, UpdateSchedule } from "@notemill/api";
import { RawJson } from "@notemill/json";

/**
 * What of a form of a schedule differs from the schedule. Only that is sent: another spec makes it go on from now, and
 * another environment makes a new source, whatever their values are.
 */
export function changedParts(schedule: Schedule, asked: UpdateSchedule): UpdateSchedule {
  const { settings } = schedule;
  const before: Readonly<Record<string, unknown>> = {
    ...schedule,
    memory_bytes: settings.memory_bytes ?? null,
    keep_kernel_ms: settings.keep_kernel_ms,
    environment: settings.environment ?? null,
  };
  return Object.fromEntries(
    Object.entries(asked).filter(([name, value]) => canonical(value) !== canonical(before[name])),
  );
}

/** A value as text that does not depend on the order of names; JSON as it is written, so that 1.0 is not 1. */
function canonical(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const entries = Object.entries(value)
    .filter(([, it]) => it !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, it]) => `${JSON.stringify(name)}:${canonical(it)}`).join(",")}}`;
}
