import type { Failure } from "@notemill/api";
import { encodeJson, type JsonValue } from "@notemill/json";
import type { NoticeEvent } from "@notemill/schedules";
import type { FailureQuote } from "./quote-failure.ts";

/** What is told, before it has the form of a mail or a message. */
export interface Notice {
  readonly event: NoticeEvent;
  /** The name of the schedule, or else the path of the notebook. */
  readonly name: string;
  readonly path: string;
  readonly scheduleId: string | null;
  /** ISO 8601. */
  readonly slot: string | null;
  /** How long the rule has waited, in milliseconds. */
  readonly afterMs: number | null;
  /** Why a slot has no run. */
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly run: {
    readonly id: string;
    readonly status: string;
    /** How long it took, in milliseconds. */
    readonly durationMs: number | null;
    /** What tells it from the other runs of its sweep, as JSON; null where it is of none. */
    readonly parameters: string | null;
    readonly failure: Failure | null;
  } | null;
  /** A sweep that it is about; `run` is the first of its runs that failed, or its parent where none did. */
  readonly sweep: {
    readonly id: string;
    readonly status: string;
    readonly durationMs: number | null;
    readonly total: number;
    readonly succeeded: number;
  } | null;
  /** A workflow-run that it is about; `run` is the first of its runs that failed. */
  readonly workflowRun: {
    readonly id: string;
    readonly status: string;
    readonly durationMs: number | null;
  } | null;
  readonly quote: FailureQuote | null;
  readonly scraps: readonly { readonly name: string; readonly value: JsonValue }[];
  /** Where the run is, for people. */
  readonly link: string | null;
}

/** The notice in one line. */
export function headlineOf({ event, name, run, sweep, workflowRun, afterMs }: Notice): string {
  const wait = afterMs === null ? "" : inWords(afterMs);
  switch (event) {
    case "succeeded":
      return `${name} has succeeded`;
    case "cancelled":
      return `${name} was cancelled`;
    case "failed":
      return `${name} has ${(workflowRun ?? sweep ?? run)?.status.replace("_", " ") ?? "failed"}`;
    case "late":
      return `${name} is late: not over ${wait} after its slot`;
    case "not_started":
      return `${name} did not start${wait === "" ? "" : ` within ${wait} of its slot`}`;
    case "slow":
      return `${name} takes longer than ${wait}`;
  }
}

/** What there is to say beside that, a line each. */
export function detailsOf(notice: Notice): readonly string[] {
  const { event, quote, reason, slot, run, sweep, workflowRun, path, name, scraps } = notice;
  const tookMs = (workflowRun ?? sweep ?? run)?.durationMs ?? null;
  const failedCount = sweep !== null && event === "failed" ? sweep.total - sweep.succeeded : 0;
  const place =
    quote?.cellNumber == null
      ? ""
      : `cell ${quote.cellNumber}${quote.lineNumber === null ? "" : `, line ${quote.lineNumber}`}`;
  return [
    ...(quote === null ? [] : [place === "" ? quote.error : `${place}: ${quote.error}`]),
    ...(quote?.line == null ? [] : [`    ${quote.line}`]),
    ...(run?.parameters == null ? [] : [`with ${shortened(run.parameters)}`]),
    ...(failedCount === 0 ? [] : [`${failedCount} of the ${sweep?.total} runs of the sweep did not succeed`]),
    ...(reason === null ? [] : [reason.message]),
    ...(path === name ? [] : [`notebook ${path}`]),
    ...(slot === null ? [] : [`slot ${slot.replace(".000Z", "Z")}`]),
    ...(tookMs === null ? [] : [`took ${inWords(tookMs)}`]),
    ...(workflowRun === null ? [] : [`workflow-run ${workflowRun.id}`]),
    ...scraps.map((it) => `${it.name}: ${scrapText(it.value)}`),
  ];
}

/** The longest values that are told. */
const LONGEST_TEXT = 1000;

function scrapText(value: JsonValue): string {
  const text = typeof value === "string" ? value : encodeJson(value);
  return shortened(text);
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`;
}

/** A length of time in at most two units: `1 h 30 min`. */
function inWords(lengthMs: number): string {
  const seconds = Math.round(lengthMs / 1000);
  if (seconds < 1) return `${Math.round(lengthMs)} ms`;
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor((seconds % 86_400) / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
