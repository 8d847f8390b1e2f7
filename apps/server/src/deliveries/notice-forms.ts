import { encodeJson } from "@notemill/json";
import type { NoticeEvent } from "@notemill/schedules";
import { detailsOf, headlineOf, type Notice } from "./notice.ts";

/** Slack cuts what is longer. */
const LONGEST_SLACK_TEXT = 2900;

const MARKS: Readonly<Record<NoticeEvent, string>> = {
  succeeded: ":white_check_mark:",
  failed: ":x:",
  cancelled: ":heavy_minus_sign:",
  late: ":hourglass:",
  not_started: ":no_entry:",
  slow: ":turtle:",
};

/** A notice as Slack, and what is compatible with it, takes one. */
export function slackBody(notice: Notice): string {
  const headline = `${MARKS[notice.event]} ${slackText(headlineOf(notice))}`;
  const details = detailsOf(notice).map((line) =>
    line.startsWith("    ") ? `\`${slackText(line.trim()).replaceAll("`", "'")}\`` : slackText(line),
  );
  const link = notice.link === null ? [] : [`<${notice.link}|run ${notice.run?.id ?? ""}>`];
  const text = [headline, ...details, ...link].join("\n").slice(0, LONGEST_SLACK_TEXT);
  return JSON.stringify({
    text,
    blocks: [{ type: "section", text: { type: "mrkdwn", text } }],
  });
}

/** A notice with every fact in a field of its own. */
export function jsonBody(notice: Notice, page: string | null): string {
  const { run, sweep, workflowRun, quote, scraps, reason } = notice;
  return encodeJson({
    format: "notemill.delivery/1",
    event: notice.event,
    text: [headlineOf(notice), ...detailsOf(notice)].join("\n"),
    schedule: notice.scheduleId === null ? null : { id: notice.scheduleId, name: notice.name },
    path: notice.path,
    slot: notice.slot,
    reason: reason && { ...reason },
    run: run && { id: run.id, status: run.status, duration_ms: run.durationMs },
    sweep: sweep && {
      id: sweep.id,
      status: sweep.status,
      duration_ms: sweep.durationMs,
      total: sweep.total,
      succeeded: sweep.succeeded,
    },
    workflow_run: workflowRun && {
      id: workflowRun.id,
      status: workflowRun.status,
      duration_ms: workflowRun.durationMs,
    },
    failure: quote && {
      code: quote.code,
      error: quote.error,
      cell_number: quote.cellNumber,
      line_number: quote.lineNumber,
      line: quote.line,
    },
    scraps: Object.fromEntries(scraps.map(({ name, value }) => [name, value])),
    link: notice.link,
    ...(page === null ? {} : { page }),
  });
}

/** Subject and text of a mail. */
export function mailTexts(notice: Notice): { readonly subject: string; readonly text: string } {
  const link = notice.link === null ? [] : ["", notice.link];
  const run = notice.run === null ? [] : [`run ${notice.run.id}`];
  return {
    subject: `[notemill] ${headlineOf(notice)}`,
    text: `${[headlineOf(notice), "", ...detailsOf(notice), ...run, ...link].join("\n")}\n`,
  };
}

/** Slack's own markup is `&`, `<` and `>`; everything else a person may have written. */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
