import { Cron } from "croner";
import { SchedulesError } from "../schedules-error.ts";

const NICKNAMES: ReadonlyMap<string, string> = new Map([
  ["@hourly", "0 * * * *"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@weekly", "0 0 * * 0"],
  ["@monthly", "0 0 1 * *"],
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
]);

/** The longest expression that is read; every minute of an hour by name is shorter. */
const MAX_LENGTH = 1000;

/**
 * The five fields of a cron expression, nicknames written out.
 *
 * What the fields hold is checked by {@link openCron}.
 *
 * @throws {@link SchedulesError} `CRON_SECONDS_UNSUPPORTED` for six or seven fields, `CRON_INVALID`
 * for anything else that is not five.
 */
export function cronFields(cron: string): string {
  const text = cron.trim();
  if (text.length > MAX_LENGTH) throw invalid(`${text.slice(0, 40)}…`, `it is longer than ${MAX_LENGTH}`);
  if (text.startsWith("@")) {
    const fields = NICKNAMES.get(text.toLowerCase());
    if (fields === undefined) throw invalid(cron, `expected one of ${[...NICKNAMES.keys()].join(", ")}`);
    return fields;
  }
  const fields = text.split(/\s+/);
  if (fields.length === 6 || fields.length === 7) {
    throw new SchedulesError(
      "CRON_SECONDS_UNSUPPORTED",
      `cron expression "${cron}" has ${fields.length} fields; expected five, without seconds and years`,
      { details: { cron } },
    );
  }
  if (fields.length !== 5) {
    throw invalid(cron, "expected five fields: minute, hour, day of month, month, day of week");
  }
  // `?` and `+` mean something else in each dialect.
  const odd = /[^\dA-Za-z*,\-/#]/u.exec(fields.join(""))?.[0];
  if (odd !== undefined) throw invalid(cron, `"${odd}" has no meaning in it`);
  return fields.join(" ");
}

/**
 * A matcher for a cron expression. It has no timer, and answers only what it is asked.
 *
 * A schedule whose minute and hour are named (`30 2 * * *`, `0 9,17 * * *`)
 * keeps its appointment on the day a clock is put forward, at the first minute
 * after the gap, and comes once when an hour is repeated. One with `*` or a
 * step in them follows the clock: nothing in the gap, both times in the hour.
 *
 * @throws {@link SchedulesError} `CRON_INVALID`, `CRON_SECONDS_UNSUPPORTED` or `TIME_ZONE_UNKNOWN`.
 */
export function openCron(cron: string, timeZone: string): Cron {
  const fields = cronFields(cron);
  checkTimeZone(timeZone);
  try {
    return new Cron(fields, { timezone: timeZone, mode: "5-part", fixedTimeRule: "no-wildcard" });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : String(error);
    throw invalid(cron, reason, error);
  }
}

/** @throws {@link SchedulesError} `TIME_ZONE_UNKNOWN` */
function checkTimeZone(timeZone: string): void {
  try {
    // An offset such as "+01:00" is no zone: it knows of no summer.
    if (!/^[A-Za-z]/.test(timeZone)) throw new RangeError("not a name");
    Intl.DateTimeFormat("en", { timeZone });
  } catch (cause) {
    throw new SchedulesError(
      "TIME_ZONE_UNKNOWN",
      `time zone "${timeZone}" is not known; expected an IANA name such as "Europe/London" or "UTC"`,
      { cause, details: { timeZone } },
    );
  }
}

function invalid(cron: string, reason: string, cause?: unknown): SchedulesError {
  return new SchedulesError("CRON_INVALID", `cron expression "${cron}" cannot be read: ${reason}`, {
    cause,
    details: { cron },
  });
}
