import { mkdir, rm } from "node:fs/promises";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { createClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";

/** Time zone, expression, and its slots in UTC around the change of clocks, each with the local day and time that its run gets. */
type Case = readonly [zone: string, cron: string, ...slots: readonly string[]];

const SPRING: readonly Case[] = [
  ["Europe/London", "30 1 28-30 3 *", "03-28T01:30 28 1:30", "03-29T01:00 29 2:0", "03-30T00:30 30 1:30"],
  ["America/New_York", "30 2 7-9 3 *", "03-07T07:30 07 2:30", "03-08T07:00 08 3:0", "03-09T06:30 09 2:30"],
  [
    "Australia/Lord_Howe",
    "45 1 4-6 4 *",
    "04-03T14:45 04 1:45",
    "04-04T14:45 05 1:45",
    "04-05T15:15 06 1:45",
  ],
];
const AUTUMN: readonly Case[] = [
  ["Europe/London", "30 1 24-26 10 *", "10-24T00:30 24 1:30", "10-25T00:30 25 1:30", "10-26T01:30 26 1:30"],
  [
    "America/New_York",
    "30 1 1,2,31 10,11 *",
    "10-31T05:30 31 1:30",
    "11-01T05:30 01 1:30",
    "11-02T06:30 02 1:30",
  ],
  [
    "Australia/Lord_Howe",
    "15 2 3-5 10 *",
    "10-02T15:45 03 2:15",
    "10-03T15:30 04 2:30",
    "10-04T15:15 05 2:15",
  ],
];

it("makes slots good over both changes of clocks after an outage, with the values of their days", async () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-clock-"));
  const home = join(directory, "home");
  await mkdir(home);
  await placeEmptyDatabase(join(directory, "data", "db"));
  await writeNotebook(join(home, "report.ipynb"), ["day = ''"]);
  let time = 0;
  const start = async (at: string): Promise<readonly [PlatformServer, PlatformClient]> => {
    time = Date.parse(at);
    const dataDirectory = join(directory, "data");
    const server = await startServer({
      dataDirectory,
      homeDirectory: home,
      port: 0,
      now: () => new Date(time),
    });
    return [server, createClient({ serverUrl: server.url, token: server.token })];
  };
  const create = async (client: PlatformClient, [zone, cron]: Case): Promise<string> => {
    const part = (name: string): string => `string(trigger.slot.get${name}('${zone}'))`;
    const day = `trigger.slot.date('${zone}') + ' ' + ${part("Hours")} + ':' + ${part("Minutes")}`;
    const { id } = await client.createSchedule({
      path: "~/report.ipynb",
      name: `${zone} ${cron}`,
      spec: { kind: "cron", cron, time_zone: zone },
      catch_up: { kind: "all", cap: 3 },
      concurrency: { kind: "parallel", limit: 10 },
      parameters: new RawJson(JSON.stringify({ day: { cel: day } })),
    });
    return id;
  };
  /** Slots with the day and the time that their runs were given, oldest first. */
  const story = async (client: PlatformClient, id: string): Promise<readonly string[]> => {
    await expect.poll(async () => (await client.listSlots(id)).slots.length).toBe(3);
    const { slots } = await client.listSlots(id);
    const told = slots.toReversed().map(async ({ slot, run_id: run }) => {
      const { day } = JSON.parse((await client.getRun(run ?? "")).parameters.text) as { day: string };
      return `${slot.slice(5, 16)} ${day.slice(8)}`;
    });
    return Promise.all(told);
  };
  try {
    const [first, before] = await start("2026-03-06T12:00:00Z");
    const spring = await Promise.all(SPRING.map((it) => create(before, it)));
    await first.close();
    const [second, between] = await start("2026-04-06T12:00:00Z");
    for (const [index, [, , ...slots]] of SPRING.entries())
      expect(await story(between, spring[index] ?? "")).toEqual(slots);
    for (const id of spring) await between.deleteSchedule(id);
    time = Date.parse("2026-10-01T12:00:00Z");
    const autumn = await Promise.all(AUTUMN.map((it) => create(between, it)));
    await second.close();
    const [third, after] = await start("2026-11-03T12:00:00Z");
    for (const [index, [, , ...slots]] of AUTUMN.entries())
      expect(await story(after, autumn[index] ?? "")).toEqual(slots);
    await third.close();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
