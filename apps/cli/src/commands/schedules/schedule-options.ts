import type { CatchUp, Concurrency, ScheduleSpec } from "@notemill/api";
import type { OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/** When a schedule has its slots; one of those that {@link specOf} names. */
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
  {
    name: "after",
    flags: ["--after"],
    values: ["WHAT"],
    help: "After each run of a notebook, as ~/load.ipynb (put it into quotes), or of a schedule, by its name or id.",
  },
  {
    name: "outcome",
    flags: ["--outcome"],
    values: ["STATUS"],
    repeatable: true,
    choices: ["succeeded", "failed", "cancelled", "timed_out", "lost"],
    help: "How a run of --after has to have ended; may be given more than once. Default succeeded.",
  },
  {
    name: "webhook",
    flags: ["--webhook"],
    help: "When its webhook is called; where that is and the secret are printed at the end, this once.",
  },
  {
    name: "onFile",
    flags: ["--on-file"],
    values: ["PATTERN"],
    help: "When a file appears or changes, as '~/in/*.csv'.",
  },
  {
    name: "settle",
    flags: ["--settle"],
    values: ["DURATION"],
    type: "duration",
    help: "How long a file of --on-file has to stay the same before it counts. Default 5s.",
  },
  {
    name: "look",
    flags: ["--look-every"],
    values: ["DURATION"],
    type: "duration",
    help: "How often to look for files of --on-file. Default 10s.",
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

/** Names the files that a notebook reads. */
export const FILE_OPTION: OptionDefinition = {
  name: "file",
  flags: ["--file"],
  values: ["PATTERN"],
  repeatable: true,
  help: "A file that the notebook reads, relative to it; may be a pattern such as data/*.csv.",
};

/** Whether options name a spec. */
export function hasSpec(options: OptionValues): boolean {
  return SPEC_OPTIONS.some(({ name }) => options.isGiven(name));
}

/** The spec that options name. @throws {@link UsageError} unless there is exactly one. */
export async function specOf(
  options: OptionValues,
  scheduleIdOf: (given: string) => Promise<string>,
): Promise<ScheduleSpec> {
  const [cron, every, at] = [options.text("cron"), options.number("every"), options.text("at")];
  const [after, onFile] = [options.text("after"), options.text("onFile")];
  const webhook = options.flag("webhook") === true ? true : undefined;
  if ([cron, every, at, after, onFile, webhook].filter((it) => it !== undefined).length !== 1)
    throw new UsageError("say when: one of --cron, --every, --at, --after, --on-file and --webhook");
  onlyWith(options, "timeZone", cron, "--tz goes with --cron only");
  onlyWith(options, "outcome", after, "--outcome goes with --after only");
  onlyWith(options, "settle", onFile, "--settle goes with --on-file only");
  onlyWith(options, "look", onFile, "--look-every goes with --on-file only");
  if (cron !== undefined) return { kind: "cron", cron, time_zone: options.text("timeZone") ?? "UTC" };
  if (every !== undefined) return { kind: "interval", every_seconds: every };
  if (after !== undefined) {
    const outcomes = options.texts("outcome") as Extract<ScheduleSpec, { kind: "after" }>["outcomes"];
    return {
      kind: "after",
      ...(after.includes("/") ? { path: after } : { schedule_id: await scheduleIdOf(after) }),
      outcomes: outcomes.length === 0 ? ["succeeded"] : [...outcomes],
    };
  }
  if (onFile !== undefined) {
    const settle = options.number("settle");
    const look = options.number("look");
    return { kind: "file", pattern: onFile, every_seconds: look ?? 10, settle_seconds: settle ?? 5 };
  }
  return webhook === true ? { kind: "webhook" } : { kind: "once", at: at ?? "" };
}

function onlyWith(options: OptionValues, name: string, partner: string | undefined, why: string): void {
  if (partner === undefined && options.isGiven(name)) throw new UsageError(`option ${why}`);
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
