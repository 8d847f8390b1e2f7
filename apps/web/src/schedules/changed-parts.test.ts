import { DEFAULT_SETTINGS, type Schedule } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { changedParts } from "./changed-parts.ts";

const SCHEDULE: Schedule = {
  id: "0198f000-0000-7000-8000-000000000001",
  owner: "ann",
  name: "report",
  path: "/home/ann/report.ipynb",
  workflow: null,
  spec: { kind: "cron", cron: "0 6 * * *", time_zone: "UTC" },
  in_words: "At 06:00 (UTC)",
  parameters: new RawJson('{"day":1.0}'),
  sweep: null,
  kernel_name: null,
  files: [],
  priority: 0,
  tags: [],
  settings: { ...DEFAULT_SETTINGS, environment: "stats" },
  follows: "promoted",
  source_hash: "s1",
  catch_up: { kind: "all", cap: 3 },
  concurrency: { kind: "sequential" },
  max_jitter_seconds: 0,
  grace_seconds: 60,
  paused: null,
  stalled: null,
  next_fire_at: null,
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
  deleted_at: null,
};

describe("what is sent of a form of a schedule", () => {
  const same = {
    name: "report",
    spec: { kind: "cron", time_zone: "UTC", cron: "0 6 * * *" },
    parameters: new RawJson('{"day":1.0}'),
    sweep: null,
    catch_up: { cap: 3, kind: "all" },
    concurrency: { kind: "sequential" },
    grace_seconds: 60,
    max_jitter_seconds: 0,
    follows: "promoted",
    memory_bytes: null,
    keep_kernel_ms: 0,
    environment: "stats",
  } as const;

  it("is nothing while nothing is another", () => {
    expect(changedParts(SCHEDULE, same)).toEqual({});
  });

  it.each([
    { name: "other" },
    { spec: { kind: "cron", cron: "0 7 * * *", time_zone: "UTC" } },
    { parameters: new RawJson('{"day":1}') },
    { sweep: { grid: new RawJson('{"day":[1,2]}') } },
    { catch_up: { kind: "latest" } },
    { memory_bytes: 2 ** 30 },
    { environment: null },
  ] as const)("is what is another: %j", (change) => {
    expect(changedParts(SCHEDULE, { ...same, ...change })).toEqual(change);
  });
});
