import type { AskedDeliveryRule, Delivery, DeliveryRules } from "@notemill/api";
import { deliveryRuleSchema } from "@notemill/api";
import type { DeliveryRule, OutboxMessage } from "@notemill/store";
import { ServerError } from "../server-error.ts";
import { readUrl } from "./send-webhook.ts";

/** What the database does not look into of a rule. */
export type How = Pick<DeliveryRules["rules"][number], "to" | "scraps" | "page">;

const TIMED = ["late", "not_started", "slow"];

/**
 * Rules of the API as the database has them.
 *
 * @throws {@link ServerError} `DELIVERY_RULE_INVALID` for a rule that could never tell anything.
 */
export function rulesOf(
  asked: readonly AskedDeliveryRule[],
  { newId, canMail }: { readonly newId: () => string; readonly canMail: boolean },
): readonly DeliveryRule[] {
  return asked.map((given) => {
    const { on, after_seconds: seconds, to, scraps, page } = deliveryRuleSchema.parse(given);
    if (seconds === undefined && on.some((it) => TIMED.includes(it)))
      throw invalid(`a rule on ${on.join(", ")} needs after_seconds: how long to wait`);
    if (to.kind === "email" && !canMail)
      throw invalid("this server sends no mail: it was started without $NOTEMILL_SMTP_URL");
    if (to.kind === "webhook") checkUrl(to.url);
    if (to.kind === "webhook" && to.format === "slack" && page)
      throw invalid("a page goes into mail or JSON, and not into a message of the format slack");
    const how: How = { to, scraps, page };
    return {
      id: newId(),
      on: [...new Set(on)],
      afterMs: seconds === undefined ? null : Math.round(seconds * 1000),
      how: JSON.stringify(how),
    };
  });
}

/**
 * Rules of a workflow-run, which has no output notebook of its own.
 *
 * @throws {@link ServerError} `DELIVERY_RULE_INVALID`, as {@link rulesOf} does.
 */
export function workflowRunRulesOf(
  asked: readonly AskedDeliveryRule[],
  platform: Parameters<typeof rulesOf>[1],
): readonly DeliveryRule[] {
  if (asked.some(({ scraps = [], page = false }) => page || scraps.length > 0))
    throw invalid("a workflow-run has no output of its own: scraps and pages are for runs");
  return rulesOf(asked, platform);
}

/** The other way round, without what is secret. */
export function presentRules(rules: readonly DeliveryRule[]): DeliveryRules {
  return {
    rules: rules.map((rule) => {
      const { to, scraps, page } = howOf(rule);
      return {
        id: rule.id,
        on: [...rule.on],
        ...(rule.afterMs === null ? {} : { after_seconds: rule.afterMs / 1000 }),
        to: withoutSecret(to),
        scraps,
        page,
      };
    }),
  };
}

/** A message of the outbox as the API shows it. */
export function presentDelivery(message: OutboxMessage): Delivery {
  const isWaiting = message.state === "waiting";
  return {
    id: message.id,
    event: message.event,
    to: withoutSecret(howOf(message.rule).to),
    schedule_id: message.triggerId,
    run_id: message.runId,
    workflow_run_id: message.workflowRunId,
    slot: message.slot?.toISOString() ?? null,
    state: message.state,
    attempts: message.attempts,
    next_attempt_at: isWaiting ? message.notBefore.toISOString() : null,
    problem: message.problem,
    created_at: message.createdAt.toISOString(),
    ended_at: message.endedAt?.toISOString() ?? null,
  };
}

/** What a rule says beside when. */
export function howOf({ how }: Pick<DeliveryRule, "how">): How {
  return JSON.parse(how) as How;
}

function checkUrl(text: string): void {
  try {
    readUrl(text);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/** The path of a webhook is what lets in. */
function withoutSecret(to: How["to"]): How["to"] {
  return to.kind === "email" ? to : { ...to, url: `${new URL(to.url).origin}/…` };
}

function invalid(message: string): ServerError {
  return new ServerError("DELIVERY_RULE_INVALID", message);
}
