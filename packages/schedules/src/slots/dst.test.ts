import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { previousSlots, slotsBetween } from "./slots.ts";
import type { CronTrigger, Instant } from "./time-trigger.ts";

/** Slots after one instant, up to another, as `MM-DDTHH:MMZ`. */
function slots(timeZone: string, cron: string, after: string, until: string): string {
  const found = slotsBetween({ kind: "cron", cron, timeZone }, Date.parse(after), Date.parse(until));
  return found.map((slot) => new Date(slot).toISOString().slice(5, 16)).join(" ");
}

describe("over the changes of clocks", () => {
  // 2026: London 29 March 01:00Z (01:00 → 02:00) and 25 October 01:00Z (02:00 → 01:00); New York
  // 8 March 07:00Z (02:00 → 03:00) and 1 November 06:00Z (02:00 → 01:00); Lord Howe 3 October
  // 15:30Z (02:00 → 02:30) and 4 April 15:00Z (02:00 → 01:30).
  it.each([
    // London, forward.
    [
      "Europe/London",
      "hourly",
      "0 * * * *",
      "2026-03-28T22:30Z",
      "2026-03-29T03:00Z",
      "03-28T23:00 03-29T00:00 03-29T01:00 03-29T02:00 03-29T03:00",
    ],
    [
      "Europe/London",
      "half-hourly",
      "*/30 * * * *",
      "2026-03-29T00:00Z",
      "2026-03-29T02:00Z",
      "03-29T00:30 03-29T01:00 03-29T01:30 03-29T02:00",
    ],
    [
      "Europe/London",
      "in the gap",
      "30 1 * * *",
      "2026-03-28T00:00Z",
      "2026-03-30T23:00Z",
      "03-28T01:30 03-29T01:00 03-30T00:30",
    ],
    [
      "Europe/London",
      "with a step, in the gap",
      "*/30 1 * * *",
      "2026-03-28T12:00Z",
      "2026-03-30T12:00Z",
      "03-30T00:00 03-30T00:30",
    ],
    [
      "Europe/London",
      "two times of a day, one in the gap",
      "30 1,9 * * *",
      "2026-03-28T12:00Z",
      "2026-03-29T12:00Z",
      "03-29T01:00 03-29T08:30",
    ],
    [
      "Europe/London",
      "two times in the gap",
      "0,30 1 * * *",
      "2026-03-28T12:00Z",
      "2026-03-29T12:00Z",
      "03-29T01:00",
    ],
    [
      "Europe/London",
      "a time in the gap and the end of it",
      "0 1,2 * * *",
      "2026-03-28T12:00Z",
      "2026-03-29T12:00Z",
      "03-29T01:00",
    ],
    [
      "Europe/London",
      "daily",
      "@daily",
      "2026-03-28T12:00Z",
      "2026-03-31T12:00Z",
      "03-29T00:00 03-29T23:00 03-30T23:00",
    ],
    // London, back.
    [
      "Europe/London",
      "hourly",
      "@hourly",
      "2026-10-24T22:30Z",
      "2026-10-25T03:00Z",
      "10-24T23:00 10-25T00:00 10-25T01:00 10-25T02:00 10-25T03:00",
    ],
    [
      "Europe/London",
      "half-hourly",
      "*/30 * * * *",
      "2026-10-25T00:00Z",
      "2026-10-25T02:00Z",
      "10-25T00:30 10-25T01:00 10-25T01:30 10-25T02:00",
    ],
    [
      "Europe/London",
      "in the repeated hour",
      "30 1 * * *",
      "2026-10-24T00:00Z",
      "2026-10-26T12:00Z",
      "10-24T00:30 10-25T00:30 10-26T01:30",
    ],
    [
      "Europe/London",
      "with a step, in the repeated hour",
      "*/30 1 * * *",
      "2026-10-24T12:00Z",
      "2026-10-25T12:00Z",
      "10-25T00:00 10-25T00:30 10-25T01:00 10-25T01:30",
    ],
    // New York, forward.
    [
      "America/New_York",
      "hourly",
      "0 * * * *",
      "2026-03-08T05:00Z",
      "2026-03-08T09:00Z",
      "03-08T06:00 03-08T07:00 03-08T08:00 03-08T09:00",
    ],
    [
      "America/New_York",
      "half-hourly",
      "*/30 * * * *",
      "2026-03-08T06:00Z",
      "2026-03-08T08:00Z",
      "03-08T06:30 03-08T07:00 03-08T07:30 03-08T08:00",
    ],
    [
      "America/New_York",
      "in the gap",
      "30 2 * * *",
      "2026-03-07T00:00Z",
      "2026-03-09T12:00Z",
      "03-07T07:30 03-08T07:00 03-09T06:30",
    ],
    [
      "America/New_York",
      "in the gap, once a week",
      "15 2 * * SUN",
      "2026-03-01T12:00Z",
      "2026-03-15T12:00Z",
      "03-08T07:00 03-15T06:15",
    ],
    // New York, back.
    [
      "America/New_York",
      "hourly",
      "0 * * * *",
      "2026-11-01T04:00Z",
      "2026-11-01T08:00Z",
      "11-01T05:00 11-01T06:00 11-01T07:00 11-01T08:00",
    ],
    [
      "America/New_York",
      "half-hourly",
      "*/30 * * * *",
      "2026-11-01T05:00Z",
      "2026-11-01T07:00Z",
      "11-01T05:30 11-01T06:00 11-01T06:30 11-01T07:00",
    ],
    [
      "America/New_York",
      "in the repeated hour",
      "30 1 * * *",
      "2026-10-31T00:00Z",
      "2026-11-02T12:00Z",
      "10-31T05:30 11-01T05:30 11-02T06:30",
    ],
    [
      "America/New_York",
      "every weekday at six",
      "0 6 * * 1-5",
      "2026-10-30T00:00Z",
      "2026-11-03T12:00Z",
      "10-30T10:00 11-02T11:00 11-03T11:00",
    ],
    // Lord Howe, forward by half an hour.
    [
      "Australia/Lord_Howe",
      "hourly",
      "0 * * * *",
      "2026-10-03T13:00Z",
      "2026-10-03T17:00Z",
      "10-03T13:30 10-03T14:30 10-03T16:00 10-03T17:00",
    ],
    [
      "Australia/Lord_Howe",
      "half-hourly",
      "*/30 * * * *",
      "2026-10-03T14:30Z",
      "2026-10-03T16:30Z",
      "10-03T15:00 10-03T15:30 10-03T16:00 10-03T16:30",
    ],
    [
      "Australia/Lord_Howe",
      "in the gap",
      "15 2 * * *",
      "2026-10-02T00:00Z",
      "2026-10-04T23:00Z",
      "10-02T15:45 10-03T15:30 10-04T15:15",
    ],
    // Lord Howe, back by half an hour.
    [
      "Australia/Lord_Howe",
      "hourly",
      "0 * * * *",
      "2026-04-04T13:00Z",
      "2026-04-04T17:00Z",
      "04-04T14:00 04-04T15:30 04-04T16:30",
    ],
    [
      "Australia/Lord_Howe",
      "half-hourly",
      "*/30 * * * *",
      "2026-04-04T14:00Z",
      "2026-04-04T16:00Z",
      "04-04T14:30 04-04T15:00 04-04T15:30 04-04T16:00",
    ],
    [
      "Australia/Lord_Howe",
      "in the repeated half hour",
      "45 1 * * *",
      "2026-04-03T00:00Z",
      "2026-04-05T23:00Z",
      "04-03T14:45 04-04T14:45 04-05T15:15",
    ],
  ])("%s, %s: %s", (timeZone, _what, cron, after, until, expected) => {
    expect(slots(timeZone, cron, after, until)).toBe(expected);
  });
});

/** A minute and what the clock of a place shows in it. */
interface Minute {
  readonly instant: Instant;
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly weekday: number;
  /** The same minute of the same day has been before. */
  readonly isSecond: boolean;
  /** The first one after clocks were put forward, and the minutes of the day that were left out. */
  readonly left: readonly number[];
}

/** The minutes of about three days around a change, read off the clock by `Intl`. */
function minutesAround(timeZone: string, change: string): readonly Minute[] {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    weekday: "short",
    hourCycle: "h23",
  });
  const seen = new Set<string>();
  const minutes: Minute[] = [];
  let before: number | undefined;
  for (let count = 0; count < 4000; count++) {
    const instant = Date.parse(change) + (count - 2000) * 60_000;
    const parts = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
    const [day, hour, minute] = [parts["day"], parts["hour"], parts["minute"]].map(Number);
    if (day === undefined || hour === undefined || minute === undefined) throw new Error("no such part");
    const ofDay = hour * 60 + minute;
    const skipped = before === undefined ? 0 : (ofDay - before + 1439) % 1440;
    // Half a day or more is a clock that was put back.
    const left =
      skipped < 720 ? Array.from({ length: skipped }, (_, index) => ((before ?? 0) + 1 + index) % 1440) : [];
    const key = `${day} ${ofDay}`;
    const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(parts["weekday"] ?? "");
    minutes.push({ instant, minute, hour, day, weekday, isSecond: seen.has(key), left });
    seen.add(key);
    before = ofDay;
  }
  return minutes;
}

/** A field of a cron expression with the numbers it stands for. */
interface Field {
  readonly text: string;
  readonly numbers: ReadonlySet<number>;
}

function anyField(low: number, high: number): fc.Arbitrary<Field> {
  const all = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  return fc.oneof(
    fc.constant({ text: "*", numbers: new Set(all) }),
    fc.uniqueArray(fc.integer({ min: low, max: high }), { minLength: 1, maxLength: 4 }).map((numbers) => ({
      text: numbers.join(","),
      numbers: new Set(numbers),
    })),
    fc.integer({ min: 2, max: Math.max(2, Math.floor((high - low) / 2)) }).map((step) => ({
      text: `*/${step}`,
      numbers: new Set(all.filter((number) => (number - low) % step === 0)),
    })),
    fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high })).map(([a, b]) => ({
      text: `${Math.min(a, b)}-${Math.max(a, b)}`,
      numbers: new Set(all.filter((number) => number >= Math.min(a, b) && number <= Math.max(a, b))),
    })),
  );
}

const changes = [
  ["Europe/London", "2026-03-29T01:00Z"],
  ["Europe/London", "2026-10-25T01:00Z"],
  ["America/New_York", "2026-03-08T07:00Z"],
  ["America/New_York", "2026-11-01T06:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
] as const;

describe("slots of any expression", () => {
  it.each(changes)("are what a clock in %s shows around %s, forwards and backwards", (timeZone, change) => {
    const minutes = minutesAround(timeZone, change);
    const last = minutes.at(-1)?.instant ?? 0;
    const anyHour = fc.oneof(
      anyField(0, 23),
      fc.constantFrom(
        { text: "1,2", numbers: new Set([1, 2]) },
        { text: "*", numbers: new Set(Array(24).keys()) },
      ),
    );
    fc.assert(
      fc.property(
        anyField(0, 59),
        anyHour,
        anyField(1, 31),
        anyField(0, 6),
        fc.integer({ min: -400, max: 200 }),
        (minute, hour, day, weekday, offset) => {
          const isFixed = !/[*]/.test(minute.text + hour.text);
          const isNamed = (ofDay: number): boolean =>
            hour.numbers.has(Math.floor(ofDay / 60)) && minute.numbers.has(ofDay % 60);
          const isDay = (it: Minute): boolean =>
            // As ever in cron: either will do when both are named.
            day.text === "*" || weekday.text === "*"
              ? day.numbers.has(it.day) && weekday.numbers.has(it.weekday)
              : day.numbers.has(it.day) || weekday.numbers.has(it.weekday);
          const expected = minutes
            .filter((it) => isDay(it))
            .filter((it) =>
              isFixed
                ? (isNamed(it.hour * 60 + it.minute) && !it.isSecond) || it.left.some(isNamed)
                : isNamed(it.hour * 60 + it.minute),
            )
            .map((it) => it.instant);
          const cron = `${minute.text} ${hour.text} ${day.text} * ${weekday.text}`;
          const trigger: CronTrigger = { kind: "cron", cron, timeZone };
          // A look forwards and one backwards, from some moment near the change.
          const from = Date.parse(change) + offset * 30_000;
          const later = expected.filter((slot) => slot > from).slice(0, 12);
          expect(slotsBetween(trigger, from, later.length < 12 ? last : (later.at(-1) ?? 0))).toEqual(later);
          const earlier = expected.filter((slot) => slot <= from).slice(-12);
          const back = previousSlots(trigger, from, earlier.length);
          expect([...back].reverse()).toEqual(earlier);
        },
      ),
      { numRuns: 40 },
    );
  });
});
