import { slotsBetween } from "./slots.ts";
import type { CronTrigger, Instant } from "./time-trigger.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far ahead a change is looked for: every zone that has summer time changes twice in it. */
const HORIZON_MS = 370 * DAY_MS;

/** The most wall times that are named. */
const NAMED = 3;

/** The next time that a clock is changed, and what becomes of the slots of a trigger then. */
export interface ClockChange {
  readonly at: Instant;
  /** What the wall clock shows at that instant, and what it would show without the change: `02:00`. */
  readonly from: string;
  readonly to: string;
  /** That it happens, and what it does to the slots, in plain English. */
  readonly inWords: string;
}

/**
 * The next change of the clock that a trigger is read on, within a year.
 *
 * The change is found by the offsets of the zone; what it does to slots is not known by a rule but seen: the wall
 * times that the expression names in the gap or in the repeated hour are compared with the slots there are.
 *
 * @returns Undefined where the clock is not changed.
 * @throws What `slotsAfter` throws.
 */
export function nextClockChange(trigger: CronTrigger, after: Instant): ClockChange | undefined {
  const clock = wallClockOf(trigger.timeZone);
  const at = findChange(clock, after);
  if (at === undefined) return undefined;
  const before = clock(at - 1) + 1;
  const behind = clock(at);
  const isForward = before < behind;
  const goes = `On ${dayOf(before)} the clock goes ${isForward ? "forward" : "back"} from ${timeOf(before)} to ${timeOf(behind)}.`;
  const effect = isForward
    ? gapInWords(trigger, at, [before, behind])
    : repeatInWords(trigger, at, [behind, before]);
  return { at, from: timeOf(before), to: timeOf(behind), inWords: `${goes} ${effect}` };
}

/** Wall times of a day, as instants at which a clock in UTC shows them; the second is not among them. */
type WallTimes = readonly [from: number, until: number];

function gapInWords(trigger: CronTrigger, at: Instant, gap: WallTimes): string {
  const named = namedIn(trigger, gap);
  if (named.length === 0) return "No slot falls into what is left out.";
  const [, end] = gap;
  const isKept =
    slotsBetween(trigger, at - 1, at).length > 0 && namedIn(trigger, [end, end + 1]).length === 0;
  const isOut = `${namesOf(named)} ${named.length === 1 ? "is" : "are"} left out that day`;
  return isKept ? `${isOut}; it runs at ${timeOf(end)} instead.` : `${isOut}.`;
}

function repeatInWords(trigger: CronTrigger, at: Instant, repeated: WallTimes): string {
  const named = namedIn(trigger, repeated);
  if (named.length === 0) return "No slot falls into what comes twice.";
  const length = repeated[1] - repeated[0];
  const isTwice = slotsBetween(trigger, at - length - 1, at + length - 1).length > named.length;
  const comes = `${namesOf(named)} ${named.length === 1 ? "comes" : "come"} twice that day`;
  return isTwice ? `${comes}, and it runs both times.` : `${comes}; it runs the first time only.`;
}

/** The wall times that an expression names. On a clock that is never changed they are its slots. */
function namedIn({ cron }: CronTrigger, [from, until]: WallTimes): readonly number[] {
  return slotsBetween({ kind: "cron", cron, timeZone: "UTC" }, from - 1, until - 1);
}

/** What a wall clock shows at an instant, as the instant at which a clock in UTC shows the same. */
function wallClockOf(timeZone: string): (instant: Instant) => number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const whole = Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
      part("second"),
    );
    return whole + (((instant % 1000) + 1000) % 1000);
  };
}

/** The first instant after another at which a clock is changed. */
function findChange(clock: (instant: Instant) => number, after: Instant): Instant | undefined {
  const offsetAt = (instant: Instant): number => clock(instant) - instant;
  for (let day = after; day < after + HORIZON_MS; day += DAY_MS) {
    if (offsetAt(day) === offsetAt(day + DAY_MS)) continue;
    let [low, high] = [day, day + DAY_MS];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === offsetAt(day)) low = middle;
      else high = middle;
    }
    return high;
  }
  return undefined;
}

function dayOf(wall: number): string {
  return new Date(wall).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

function timeOf(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

function namesOf(walls: readonly number[]): string {
  const times = walls.map(timeOf);
  if (times.length > NAMED) return `${times.length} times from ${times[0] ?? ""} to ${times.at(-1) ?? ""}`;
  return times.length === 1 ? (times[0] ?? "") : `${times.slice(0, -1).join(", ")} and ${times.at(-1) ?? ""}`;
}
