import type { CatchUp, Concurrency, ScheduleSpec } from "@notemill/api";
import type { OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/** When a schedule has its slots; one of the first three. */
export const SPEC_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "cron",
    flags: ["--cron"],
    values: ["FIELDS"],
    help: "Five fields: minute, hour, day of month, month, day of week; or @hourly, @daily and the like.",
  },
  {
    name: "every",
    flags: ["--every"],
    values: ["DURATION"],
    type: "duration",
    help: "An interval, as 90s, 15m or 1h30m; at least 1s.",
  },
  { name: "at", flags: ["--at"], values: ["TIME"], help: "Once, as 2026-03-29T06:00:00Z." },
  {
    name: "timeZone",
    flags: ["--tz"],
    values: ["ZONE"],
    help: "Time zone of --cron, as Europe/London. Default UTC.",
  },
];

/** What happens in special cases. */
export const POLICY_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "catchUp",
    flags: ["--catch-up"],
    values: ["POLICY"],
    help: "What becomes of slots that were missed: none, latest, or all:N for at most N of them. Default latest.",
  },
  {
    name: "concurrency",
    flags: ["--concurrency"],
    values: ["POLICY"],
    help: "What a slot does while a run is under way: sequential waits, first-only is left out, last-only ends the run, parallel:N starts up to N. Default sequential.",
  },
  {
    name: "jitter",
    flags: ["--jitter"],
    values: ["DURATION"],
    type: "duration",
    help: "Delay each slot by up to so much, always the same for the same slot. Default 0.",
  },
  {
    name: "grace",
    flags: ["--grace"],
    values: ["DURATION"],
    type: "duration",
    help: "How late a slot may start before it counts as missed. Default 60s.",
  },
];

/** The spec that options name. @throws {@link UsageError} unless there is exactly one. */
export function specOf(options: OptionValues): ScheduleSpec {
  const [cron, every, at] = [options.text("cron"), options.number("every"), options.text("at")];
  if ([cron, every, at].filter((it) => it !== undefined).length !== 1)
    throw new UsageError("say when: one of --cron, --every and --at");
  if (cron === undefined && options.isGiven("timeZone"))
    throw new UsageError("option --tz goes with --cron only");
  if (cron !== undefined) return { kind: "cron", cron, time_zone: options.text("timeZone") ?? "UTC" };
  if (every !== undefined) return { kind: "interval", every_seconds: every };
  return { kind: "once", at: at ?? "" };
}

/** The policies that options name; what is not given is left out. @throws {@link UsageError} */
export function policiesOf(options: OptionValues): {
  readonly catch_up?: CatchUp;
  readonly concurrency?: Concurrency;
  readonly max_jitter_seconds?: number;
  readonly grace_seconds?: number;
} {
  const catchUp = options.text("catchUp");
  const concurrency = options.text("concurrency");
  const jitter = options.number("jitter");
  const grace = options.number("grace");
  return {
    ...(catchUp === undefined ? {} : { catch_up: catchUpOf(catchUp) }),
    ...(concurrency === undefined ? {} : { concurrency: concurrencyOf(concurrency) }),
    ...(jitter === undefined ? {} : { max_jitter_seconds: jitter }),
    ...(grace === undefined ? {} : { grace_seconds: grace }),
  };
}

function catchUpOf(text: string): CatchUp {
  if (text === "none" || text === "latest") return { kind: text };
  const cap = /^all:(\d+)$/.exec(text)?.[1];
  if (cap === undefined) throw new UsageError(`option --catch-up: "${text}" is none of none, latest, all:N`);
  return { kind: "all", cap: Number(cap) };
}

function concurrencyOf(text: string): Concurrency {
  switch (text) {
    case "sequential":
      return { kind: "sequential" };
    case "first-only":
      return { kind: "first_only" };
    case "last-only":
      return { kind: "last_only" };
  }
  const limit = /^parallel:(\d+)$/.exec(text)?.[1];
  if (limit !== undefined) return { kind: "parallel", limit: Number(limit) };
  throw new UsageError(
    `option --concurrency: "${text}" is none of sequential, first-only, last-only, parallel:N`,
  );
}
