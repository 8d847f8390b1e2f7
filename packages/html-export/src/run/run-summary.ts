import type { JsonValue } from "@notemill/json";
import { escapeAttribute, escapeText } from "../escape-html.ts";
import { shortJson } from "../read-json.ts";
import { formatDuration, formatTime } from "./format-time.ts";
import type { RunInfo } from "./read-run.ts";

const WORDS: Readonly<Record<RunInfo["status"], string>> = {
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  timed_out: "Timed out",
  lost: "Lost",
  unfinished: "Not finished",
  prepared: "Not run",
};

/** A link to the cell where a run ended. */
export interface FailedCellLink {
  readonly href: string;
  readonly label: string;
}

/** Shows how a run went: status, time, parameters, and where it failed. */
export function renderRunSummary(run: RunInfo, failedCell: FailedCellLink | undefined): string {
  const { status, startTime, durationSeconds } = run;
  const started = startTime === undefined ? undefined : formatTime(startTime);
  const facts = [
    `<span class="status ${status}">${WORDS[status]}</span>`,
    started === undefined ? "" : `<time datetime="${started.iso}">${started.text}</time>`,
    durationSeconds === undefined ? "" : `<span>${formatDuration(durationSeconds)}</span>`,
  ].filter((it) => it !== "");
  return [
    `<p class="facts">${facts.join(" ")}</p>`,
    failureLine(run, failedCell),
    run.parameters.length === 0 ? "" : parameterList(run.parameters),
  ].join("\n");
}

function failureLine({ failure }: RunInfo, cell: FailedCellLink | undefined): string {
  if (!failure) return "";
  const where =
    cell === undefined ? "" : ` <a href="${escapeAttribute(cell.href)}">${escapeText(cell.label)}</a>`;
  const message =
    failure.message === undefined ? "" : ` <code>${escapeText(failure.message.slice(0, 2000))}</code>`;
  return where === "" && message === ""
    ? ""
    : `<p class="failure">Stopped${where === "" ? "" : ` at${where}`}:${message}</p>`;
}

function parameterList(parameters: RunInfo["parameters"]): string {
  const items = parameters.map(([name, value]) => {
    return `<div><dt>${escapeText(name)}</dt><dd>${escapeText(valueText(value))}</dd></div>`;
  });
  return `<p class="label">Parameters</p><dl class="parameters">${items.join("")}</dl>`;
}

function valueText(value: JsonValue): string {
  return typeof value === "string" ? value.slice(0, 300) : shortJson(value, 300);
}
