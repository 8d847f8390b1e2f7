/** A cron expression as somebody chooses it in plain words. Minutes, hours and days are those of the wall clock. */
export type CronWords =
  | { readonly kind: "minutes"; readonly every: number }
  | { readonly kind: "hourly"; readonly minute: number }
  | { readonly kind: "daily"; readonly minute: number; readonly hour: number }
  /** `days` from 0, Sunday, to 6. */
  | {
      readonly kind: "weekly";
      readonly minute: number;
      readonly hour: number;
      readonly days: readonly number[];
    }
  | { readonly kind: "monthly"; readonly minute: number; readonly hour: number; readonly day: number };

/** The days of the week as an expression may name them, from 0. */
const DAY_NAMES = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Steps of minutes that an hour has a whole number of. */
export const MINUTE_STEPS = [5, 10, 15, 20, 30] as const;

/** Writes what is chosen as a cron expression. */
export function writeCron(words: CronWords): string {
  switch (words.kind) {
    case "minutes":
      return `*/${words.every} * * * *`;
    case "hourly":
      return `${words.minute} * * * *`;
    case "daily":
      return `${words.minute} ${words.hour} * * *`;
    case "weekly":
      return `${words.minute} ${words.hour} * * ${weekdays(words.days)}`;
    case "monthly":
      return `${words.minute} ${words.hour} ${words.day} * *`;
  }
}

/** Reads an expression that can be chosen in plain words; undefined for every other. */
export function readCron(cron: string): CronWords | undefined {
  const [minutes = "", hours = "", days = "", month, week = "", ...rest] = cron.trim().split(/\s+/);
  if (month !== "*" || rest.length > 0) return undefined;
  const step = /^\*\/(\d+)$/.exec(minutes)?.[1];
  if (step !== undefined) {
    const every = MINUTE_STEPS.find((it) => it === Number(step));
    const isAlways = hours === "*" && days === "*" && week === "*";
    return every !== undefined && isAlways ? { kind: "minutes", every } : undefined;
  }
  const minute = numberIn(minutes, 0, 59);
  if (minute === undefined) return undefined;
  if (hours === "*") return days === "*" && week === "*" ? { kind: "hourly", minute } : undefined;
  const hour = numberIn(hours, 0, 23);
  if (hour === undefined) return undefined;
  if (week === "*") {
    if (days === "*") return { kind: "daily", minute, hour };
    const day = numberIn(days, 1, 31);
    return day === undefined ? undefined : { kind: "monthly", minute, hour, day };
  }
  const chosen = days === "*" ? readWeekdays(week) : undefined;
  return chosen === undefined ? undefined : { kind: "weekly", minute, hour, days: chosen };
}

/** The time of day of a choice, as a field for times has it: `06:00`. */
export function timeOfDay({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Reads what a field for times has; undefined while it is empty. */
export function readTimeOfDay(text: string): { readonly hour: number; readonly minute: number } | undefined {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hour === undefined || minute === undefined
    ? undefined
    : { hour: Number(hour), minute: Number(minute) };
}

function numberIn(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,2}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

function readWeekdays(text: string): readonly number[] | undefined {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(",")) {
    const [first = "", last = first, ...rest] = part.split("-");
    const [from, to] = [weekday(first), weekday(last)];
    if (from === undefined || to === undefined || to < from || rest.length > 0) return undefined;
    for (let day = from; day <= to; day += 1) days.add(day % 7);
  }
  return [...days].sort((a, b) => a - b);
}

/** A day of the week from 0 to 7: Sunday is both. */
function weekday(text: string): number | undefined {
  const index = DAY_NAMES.indexOf(text);
  return index >= 0 ? index : numberIn(text, 0, 7);
}

/** Days as an expression names them; three or more in a row as a range. */
function weekdays(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const [first = 0] = sorted;
  const last = sorted.at(-1) ?? 0;
  const isRow = sorted.length > 2 && last - first === sorted.length - 1;
  return isRow ? `${first}-${last}` : sorted.join(",");
}
