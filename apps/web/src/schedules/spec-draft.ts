import type { ScheduleSpec } from "@notemill/api";

/** How a run may have ended for what follows it. */
export type Outcome = Extract<ScheduleSpec, { kind: "after" }>["outcomes"][number];

/** When a schedule has its slots, as a form holds it: what is filled in for other kinds stays. */
export interface SpecDraft {
  readonly kind: ScheduleSpec["kind"];
  readonly cron: string;
  readonly zone: string;
  /** How many of `unit` an interval has. */
  readonly every: string;
  readonly unit: IntervalUnit;
  /** The instant from which an interval is counted; null for when it is saved. */
  readonly anchor: string | null;
  /** On the clock of this browser: `2026-11-29T06:00`. */
  readonly at: string;
  /** The id of a schedule whose runs are followed, or the path of a notebook. */
  readonly after: string;
  readonly outcomes: readonly Outcome[];
  readonly pattern: string;
  readonly lookSeconds: number;
  readonly settleSeconds: number;
}

/** Units of an interval, the largest first, in seconds. */
export const INTERVAL_UNITS = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const;

/** See {@link INTERVAL_UNITS}. */
export type IntervalUnit = keyof typeof INTERVAL_UNITS;

/** What is in the fields at first: every morning, here. */
export function firstSpec(): SpecDraft {
  return {
    kind: "cron",
    cron: "0 6 * * *",
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    every: "1",
    unit: "hours",
    anchor: null,
    at: "",
    after: "",
    outcomes: ["succeeded"],
    pattern: "",
    lookSeconds: 10,
    settleSeconds: 5,
  };
}

/** The fields of a spec that there is. */
export function specDraft(spec: ScheduleSpec): SpecDraft {
  const first = { ...firstSpec(), kind: spec.kind };
  switch (spec.kind) {
    case "cron":
      return { ...first, cron: spec.cron, zone: spec.time_zone };
    case "interval": {
      const units = Object.keys(INTERVAL_UNITS) as IntervalUnit[];
      const unit = units.find((it) => spec.every_seconds % INTERVAL_UNITS[it] === 0) ?? "seconds";
      const every = String(spec.every_seconds / INTERVAL_UNITS[unit]);
      return { ...first, every, unit, anchor: spec.anchor ?? null };
    }
    case "once":
      return { ...first, at: localText(spec.at) };
    case "after":
      return { ...first, after: spec.schedule_id ?? spec.path ?? "", outcomes: spec.outcomes };
    case "webhook":
      return first;
    case "file":
      return {
        ...first,
        pattern: spec.pattern,
        lookSeconds: spec.every_seconds,
        settleSeconds: spec.settle_seconds,
      };
  }
}

/** What the fields mean; undefined while one that it needs is empty or is no number. */
export function specOf(draft: SpecDraft): ScheduleSpec | undefined {
  switch (draft.kind) {
    case "cron": {
      const [cron, zone] = [draft.cron.trim(), draft.zone.trim()];
      return cron === "" || zone === "" ? undefined : { kind: "cron", cron, time_zone: zone };
    }
    case "interval": {
      const seconds = Number(draft.every) * INTERVAL_UNITS[draft.unit];
      if (!(seconds >= 1)) return undefined;
      return {
        kind: "interval",
        every_seconds: seconds,
        ...(draft.anchor === null ? {} : { anchor: draft.anchor }),
      };
    }
    case "once": {
      const at = new Date(draft.at);
      return Number.isNaN(at.getTime()) ? undefined : { kind: "once", at: at.toISOString() };
    }
    case "after": {
      const after = draft.after.trim();
      if (after === "" || draft.outcomes.length === 0) return undefined;
      const what = isId(after) ? { schedule_id: after } : { path: after };
      return { kind: "after", ...what, outcomes: [...draft.outcomes] };
    }
    case "webhook":
      return { kind: "webhook" };
    case "file": {
      const pattern = draft.pattern.trim();
      if (pattern === "") return undefined;
      return {
        kind: "file",
        pattern,
        every_seconds: draft.lookSeconds,
        settle_seconds: draft.settleSeconds,
      };
    }
  }
}

/** Whether its slots are instants, which can be told before, and be missed. */
export function hasInstants(kind: ScheduleSpec["kind"]): boolean {
  return kind === "cron" || kind === "interval" || kind === "once";
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** An instant as a field for instants has it, on the clock of this browser. */
function localText(instant: string): string {
  const date = new Date(instant);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  const seconds = local.slice(17, 19);
  return local.slice(0, seconds === "00" ? 16 : 19);
}
