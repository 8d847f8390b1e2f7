import { nextSlots, type Trigger } from "@notemill/schedules";

const DAY_MS = 86_400_000;

/** The time zone whose wall clock people read a trigger's slots on. */
export function timeZoneOf(trigger: Trigger): string {
  return trigger.kind === "cron" ? trigger.timeZone : "UTC";
}

/** An instant on a wall clock: `2026-03-29T06:00:00+01:00`. */
export function localTime(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}${offset}`;
}

/** The instant of a text: an instant as it is, a day as `2026-03-29` at its first minute in a time zone. */
export function instantOf(text: string, timeZone: string): number {
  if (text.includes("T")) return Date.parse(text);
  // No zone is more than a day from UTC, and a day whose midnight is left out begins behind the gap.
  const midnights = nextSlots(
    { kind: "cron", cron: "0 0 * * *", timeZone },
    Date.parse(`${text}T00:00:00Z`) - DAY_MS,
    3,
  );
  return midnights.find((it) => localTime(it, timeZone).startsWith(text)) ?? Date.parse(`${text}T00:00:00Z`);
}
