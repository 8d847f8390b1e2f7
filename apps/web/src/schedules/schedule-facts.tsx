import type { ScheduleDetail } from "@notemill/api";
import type { ReactNode } from "react";
import { sizeText } from "../parameters/size-choices.ts";
import { parameterEntries } from "../runs/parameters-summary.tsx";
import { Facts, type Fact } from "../shell/facts.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { writeSlotExpression } from "./slot-expression.ts";
import { hasInstants } from "./spec-draft.ts";
import { isJsonObject, parseJson } from "@notemill/json";

/** All that holds for a schedule, as it was asked for. */
export function ScheduleFacts({ schedule }: { readonly schedule: ScheduleDetail }): ReactNode {
  const parameters = givenEntries(schedule);
  return (
    <div className="schedule-facts">
      <section>
        <h2>Parameters</h2>
        {parameters.length === 0 ? (
          <p className="quiet">The defaults</p>
        ) : (
          <Facts facts={parameters} isCode />
        )}
      </section>
      {schedule.sweep !== null && (
        <section>
          <h2>Each slot is a sweep</h2>
          <Facts facts={sweepFacts(schedule.sweep)} />
        </section>
      )}
      <section>
        <h2>When it runs</h2>
        <Facts facts={whenFacts(schedule)} />
      </section>
      <section>
        <h2>What it runs</h2>
        <Facts facts={runFacts(schedule)} />
      </section>
    </div>
  );
}

function givenEntries({ parameters }: ScheduleDetail): readonly Fact[] {
  const values = parseJson(parameters.text);
  const expressions = isJsonObject(values) ? values : {};
  return parameterEntries(parameters).map(([name, text]) => [
    name,
    writeSlotExpression(expressions[name] ?? null) ?? text,
  ]);
}

function sweepFacts(sweep: NonNullable<ScheduleDetail["sweep"]>): readonly Fact[] {
  return [
    ...parameterEntries(sweep.grid),
    [
      "Combined",
      sweep.mode === "zip" ? "the first of each, then the second" : "every value with every other",
    ],
    ["At a time", String(sweep.concurrency ?? 4)],
    ["If one fails", sweep.on_failure === "stop" ? "no other is started" : "the others go on"],
  ];
}

function whenFacts(schedule: ScheduleDetail): readonly Fact[] {
  const { spec, catch_up: catchUp, grace_seconds: grace, max_jitter_seconds: jitter } = schedule;
  const isTimed = hasInstants(spec.kind);
  return [
    ["Slots", schedule.in_words],
    ["Cron", spec.kind === "cron" ? spec.cron : null],
    ["Overlap", overlapInWords(schedule)],
    ["Missed slots", isTimed ? catchUpInWords(catchUp) : null],
    ["Missed after", isTimed ? `${grace} s` : null],
    ["Spread", isTimed && jitter > 0 ? `by up to ${jitter} s` : null],
  ];
}

function overlapInWords({ concurrency }: ScheduleDetail): string {
  switch (concurrency.kind) {
    case "sequential":
      return "a slot waits for the run before it";
    case "first_only":
      return "a slot is skipped while a run is under way";
    case "last_only":
      return "a slot ends the run under way and starts";
    case "parallel":
      return `up to ${concurrency.limit} runs at a time`;
  }
}

function catchUpInWords(catchUp: ScheduleDetail["catch_up"]): string {
  switch (catchUp.kind) {
    case "none":
      return "are left out";
    case "latest":
      return "the newest is made good";
    case "all":
      return `are made good, the newest ${catchUp.cap} of them`;
  }
}

function runFacts(schedule: ScheduleDetail): readonly Fact[] {
  const { path, settings, follows, source_hash: source, files, tags, priority } = schedule;
  const { timeouts, keep_kernel_ms: keepMs, memory_bytes: memory } = settings;
  return [
    ["Reads", path === null ? null : followsInWords(follows)],
    ["Source", source],
    ["Files", files.length === 0 ? null : files.join(", ")],
    ["Kernel", schedule.kernel_name],
    ["Environment", settings.environment ?? null],
    ["Memory", memory == null ? null : `at most ${sizeText(memory)}`],
    ["Processors", settings.cpus == null ? null : `at most ${settings.cpus}`],
    ["Runner", settings.labels === undefined ? null : `with ${settings.labels.join(", ")}`],
    ["A cell may take", timeouts.cell_ms === null ? null : `${timeouts.cell_ms / 1000} s`],
    ["A run may take", timeouts.run_ms === null ? null : `${timeouts.run_ms / 1000} s`],
    ["Retries", retriesInWords(settings.retry)],
    ["If it fails", keepMs === 0 ? null : `its kernel stays for ${keepMs / 60_000} minutes`],
    ["Priority", priority === 0 ? null : String(priority)],
    ["Tags", tags.length === 0 ? null : tags.join(", ")],
    ["Owner", schedule.owner],
    ["Made", shownTime(schedule.created_at)],
    ["Changed", schedule.updated_at === schedule.created_at ? null : shownTime(schedule.updated_at)],
  ];
}

function followsInWords(follows: ScheduleDetail["follows"]): string {
  return follows === "promoted" ? "the notebook as it was promoted" : "the notebook as it is at the slot";
}

function retriesInWords({ user, platform, timeout }: ScheduleDetail["settings"]["retry"]): string {
  const parts = [
    [user.retries, "where the notebook fails"],
    [platform.retries, "where the platform does"],
    [timeout.retries, "after a timeout"],
  ] as const;
  const asked = parts.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
  return asked.length === 0 ? "none" : asked.join(", ");
}
