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

/** A value as text that does not depend on the order of names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, it: unknown) => {
    if (it instanceof RawJson) return it.text;
    return isPlain(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it;
  });
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
