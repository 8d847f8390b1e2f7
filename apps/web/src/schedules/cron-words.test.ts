import { describe, expect, it } from "vitest";
import { type CronWords, readCron, readTimeOfDay, timeOfDay, writeCron } from "./cron-words.ts";

describe("a cron expression in plain words", () => {
  it.each<[CronWords, string]>([
    [{ kind: "minutes", every: 15 }, "*/15 * * * *"],
    [{ kind: "hourly", minute: 5 }, "5 * * * *"],
    [{ kind: "daily", minute: 0, hour: 6 }, "0 6 * * *"],
    [{ kind: "weekly", minute: 30, hour: 23, days: [1, 2, 3, 4, 5] }, "30 23 * * 1-5"],
    [{ kind: "weekly", minute: 30, hour: 23, days: [0, 6] }, "30 23 * * 0,6"],
    [{ kind: "weekly", minute: 0, hour: 0, days: [1, 3, 4] }, "0 0 * * 1,3,4"],
    [{ kind: "monthly", minute: 0, hour: 6, day: 31 }, "0 6 31 * *"],
  ])("%j is %s, and back", (words, cron) => {
    expect(writeCron(words)).toBe(cron);
    expect(readCron(cron)).toEqual(words);
  });

  it.each<[string, CronWords]>([
    ["  0  6 * *  MON-fri ", { kind: "weekly", minute: 0, hour: 6, days: [1, 2, 3, 4, 5] }],
    ["0 6 * * 7", { kind: "weekly", minute: 0, hour: 6, days: [0] }],
    ["0 6 * * 5-7", { kind: "weekly", minute: 0, hour: 6, days: [0, 5, 6] }],
  ])("reads other ways to write it: %s", (cron, words) => {
    expect(readCron(cron)).toEqual(words);
  });

  it.each([
    "",
    "@daily",
    "* * * * *",
    "*/7 * * * *",
    "*/15 6 * * *",
    "0,30 6 * * *",
    "60 6 * * *",
    "0 24 * * *",
    "0 6 1 * 1",
    "0 6 0 * *",
    "0 6 * 1 *",
    "0 6 * * 5-1",
    "0 6 * * 1#2",
    "0 6 * * * *",
  ])("leaves what has no such words alone: %s", (cron) => {
    expect(readCron(cron)).toBeUndefined();
  });

  it("writes and reads the time of a day", () => {
    expect(timeOfDay({ hour: 6, minute: 5 })).toBe("06:05");
    expect(readTimeOfDay("06:05")).toEqual({ hour: 6, minute: 5 });
    expect(readTimeOfDay("")).toBeUndefined();
  });
});
