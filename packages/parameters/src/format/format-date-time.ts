import type { DateTimeNode } from "./field-access.ts";
import type { Fail } from "./parse-template.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAY_MS = 86_400_000;

/** What a directive prints: a number with the width and fill it has by itself, or text. */
type Directive = (date: Date, aware: boolean) => string | PaddedNumber;
type PaddedNumber = readonly [value: number, width: number, fill: "0" | " "];

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  A: (date) => dayName(date),
  B: (date) => monthName(date),
  C: (date) => [Math.floor(date.getUTCFullYear() / 100), 2, "0"],
  F: (date) => strftime("%Y-%m-%d", date),
  G: (date) => [isoWeek(date).year, 1, "0"],
  H: (date) => [date.getUTCHours(), 2, "0"],
  I: (date) => [date.getUTCHours() % 12 || 12, 2, "0"],
  M: (date) => [date.getUTCMinutes(), 2, "0"],
  P: (date) => (date.getUTCHours() < 12 ? "am" : "pm"),
  R: (date) => strftime("%H:%M", date),
  S: (date) => [date.getUTCSeconds(), 2, "0"],
  T: (date) => strftime("%H:%M:%S", date),
  U: (date) => [Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7), 2, "0"],
  V: (date) => [isoWeek(date).week, 2, "0"],
  W: (date) => [Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 6) % 7)) / 7), 2, "0"],
  X: (date) => strftime("%H:%M:%S", date),
  Y: (date) => [date.getUTCFullYear(), 1, "0"],
  Z: (_date, aware) => (aware ? "UTC" : ""),
  a: (date) => dayName(date).slice(0, 3),
  b: (date) => monthName(date).slice(0, 3),
  c: (date) => strftime("%a %b %e %H:%M:%S %Y", date),
  d: (date) => [date.getUTCDate(), 2, "0"],
  D: (date) => strftime("%m/%d/%y", date),
  e: (date) => [date.getUTCDate(), 2, " "],
  f: (date) => String(date.getUTCMilliseconds() * 1000).padStart(6, "0"),
  g: (date) => [isoWeek(date).year % 100, 2, "0"],
  h: (date) => monthName(date).slice(0, 3),
  j: (date) => [dayOfYear(date), 3, "0"],
  k: (date) => [date.getUTCHours(), 2, " "],
  l: (date) => [date.getUTCHours() % 12 || 12, 2, " "],
  m: (date) => [date.getUTCMonth() + 1, 2, "0"],
  n: () => "\n",
  p: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  r: (date) => strftime("%I:%M:%S %p", date),
  t: () => "\t",
  u: (date) => [date.getUTCDay() || 7, 1, "0"],
  w: (date) => [date.getUTCDay(), 1, "0"],
  x: (date) => strftime("%m/%d/%y", date),
  y: (date) => [date.getUTCFullYear() % 100, 2, "0"],
  z: (_date, aware) => (aware ? "+0000" : ""),
  "%": () => "%",
};

/**
 * Formats a date-time as `strftime` does in the C locale, with glibc's flags
 * `-` (no fill), `_` (spaces), `0` (zeros) and `^` (upper case).
 */
export function formatDateTime({ aware, fields }: DateTimeNode, spec: string, fail: Fail): string {
  return spec.replaceAll(/%([-_0^]?)([\s\S]?)/g, (_whole, flag: string, letter: string) => {
    const directive = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined;
    if (!directive) return fail(`"%${flag}${letter}" is not a directive of strftime`);
    return applyFlag(directive(fields, aware), flag);
  });
}

/** Python's `str(datetime)`. */
export function dateTimeStr({ aware, fields }: DateTimeNode): string {
  const fraction = fields.getUTCMilliseconds() === 0 ? "" : strftime(".%f", fields);
  const year = String(fields.getUTCFullYear()).padStart(4, "0");
  return `${year}${strftime("-%m-%d %H:%M:%S", fields)}${fraction}${aware ? "+00:00" : ""}`;
}

/** Python's `repr(datetime)`. */
export function dateTimeRepr({ aware, fields }: DateTimeNode): string {
  const parts = [
    fields.getUTCFullYear(),
    fields.getUTCMonth() + 1,
    fields.getUTCDate(),
    fields.getUTCHours(),
    fields.getUTCMinutes(),
  ];
  const microseconds = fields.getUTCMilliseconds() * 1000;
  if (fields.getUTCSeconds() > 0 || microseconds > 0) parts.push(fields.getUTCSeconds());
  if (microseconds > 0) parts.push(microseconds);
  return `datetime.datetime(${parts.join(", ")}${aware ? ", tzinfo=datetime.timezone.utc" : ""})`;
}

function strftime(format: string, fields: Date): string {
  return format.replaceAll(/%([a-zA-Z])/g, (_whole, letter: string) => {
    const directive = DIRECTIVES[letter];
    return directive ? applyFlag(directive(fields, false), "") : letter;
  });
}

function applyFlag(value: string | PaddedNumber, flag: string): string {
  if (typeof value === "string") return flag === "^" ? value.toUpperCase() : value;
  const [number, width, natural] = value;
  if (flag === "-") return String(number);
  const fill = flag === "_" ? " " : flag === "0" ? "0" : natural;
  return String(number).padStart(width, fill);
}

function dayName(date: Date): string {
  return DAYS[date.getUTCDay()] ?? "";
}

function monthName(date: Date): string {
  return MONTHS[date.getUTCMonth()] ?? "";
}

function dayOfYear(date: Date): number {
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  return Math.round((date.getTime() - start.getTime()) / DAY_MS) + 1;
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function isoWeek(date: Date): { week: number; year: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS);
  return { week: Math.ceil(dayOfYear(thursday) / 7), year: thursday.getUTCFullYear() };
}
