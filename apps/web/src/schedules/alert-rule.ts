import type { AskedDeliveryRule } from "@notemill/api";

/** What can be told of a schedule and its runs. */
export type AlertEvent = AskedDeliveryRule["on"][number];

/** When somebody is told, in words. */
export const EVENT_WORDS: Readonly<Record<AlertEvent, string>> = {
  failed: "a run fails",
  succeeded: "a run succeeds",
  cancelled: "a run is cancelled",
  late: "a slot is late",
  not_started: "a slot has not started",
  slow: "a run is slow",
};

/** Those that wait for a time. */
export const WAITING_EVENTS: readonly AlertEvent[] = ["late", "not_started", "slow"];

/** What is in a form of an alert. */
export interface AlertDraft {
  readonly kind: "email" | "webhook";
  readonly addresses: string;
  readonly url: string;
  readonly format: "slack" | "json";
  readonly on: readonly AlertEvent[];
  readonly afterMinutes: string;
  readonly scraps: string;
  readonly page: boolean;
}

/** What is in it at first. */
export const FIRST_ALERT: AlertDraft = {
  kind: "email",
  addresses: "",
  url: "",
  format: "slack",
  on: ["failed", "not_started"],
  afterMinutes: "15",
  scraps: "",
  page: false,
};

/** What the server is asked for. */
export function ruleOf(draft: AlertDraft): AskedDeliveryRule {
  const waits = draft.on.some((event) => WAITING_EVENTS.includes(event));
  return {
    on: [...draft.on],
    ...(waits ? { after_seconds: Number(draft.afterMinutes) * 60 } : {}),
    to:
      draft.kind === "email"
        ? { kind: "email", addresses: wordsOf(draft.addresses) }
        : { kind: "webhook", url: draft.url.trim(), format: draft.format },
    scraps: wordsOf(draft.scraps),
    page: draft.page,
  };
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((it) => it !== "");
}
