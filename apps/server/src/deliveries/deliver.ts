import { isCodedError } from "@notemill/errors";
import { claimMessages, noteSending, type OutboxMessage, postOverdue, type Sending } from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { composeNotice } from "./compose-notice.ts";
import { jsonBody, mailTexts, slackBody } from "./notice-forms.ts";
import { howOf } from "./rule-form.ts";
import type { MailSender } from "./send-mail.ts";
import { sendWebhook } from "./send-webhook.ts";
import { ServerError } from "../server-error.ts";

/** How often somebody looks whether there is something to send, in milliseconds. */
const LOOK_MS = 1000;

/** How often somebody looks for what has become late, in milliseconds. */
const OVERDUE_MS = 5000;

/** How long who sends has until another one does, in milliseconds. */
const LEASE_MS = 120_000;

/** How many are sent at a time. */
const BATCH = 8;

/** How often a message is tried. */
const MOST_ATTEMPTS = 12;

/** The wait before the second attempt, in milliseconds; each later one is three times as long, up to an hour. */
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 3_600_000;

/** With what messages are sent. */
export interface DeliveryMeans {
  /** Null where the server sends no mail. */
  readonly mail: MailSender | null;
  /** Hosts that webhooks reach although they are private. */
  readonly allowedWebhooks: readonly string[];
}

/** Sends what is in the outbox, for as long as the server runs. Every server does. */
export function startDelivering(platform: Platform, means: DeliveryMeans): AsyncDisposable {
  const { driver, now, report, closing, wakeups } = platform;
  let lookedAt = 0;
  return startLoop({
    async pass() {
      if (now().getTime() - lookedAt >= OVERDUE_MS) {
        lookedAt = now().getTime();
        await postOverdue(driver, now());
      }
      const claim = { now: now(), leaseMs: LEASE_MS, limit: BATCH };
      const messages = closing.aborted ? [] : await claimMessages(driver, claim);
      await Promise.all(messages.map((message) => deliver(platform, means, message)));
      return messages.length === BATCH ? 0 : LOOK_MS;
    },
    onFailed: (error) => report("the outbox could not be looked at, which is tried again", error),
    retryMs: LOOK_MS,
    wait: wakeups.untilOutbox,
  });
}

/** Tries to send one message, and notes what came of it. */
async function deliver(platform: Platform, means: DeliveryMeans, message: OutboxMessage): Promise<void> {
  const { driver, now, log, metrics, report, closing } = platform;
  const sending = await send(platform, means, message).then(
    (): Sending => ({ kind: "sent" }),
    (error: unknown): Sending => {
      // What nobody foresaw is not for receivers of lists.
      const problem = isCodedError(error)
        ? error.message
        : "something went wrong in the server; its log says what";
      if (!isCodedError(error) && !closing.aborted) report(`delivery ${message.id} has failed`, error);
      // A server that ends has not failed to send: the next one does, at once.
      if (closing.aborted) return { kind: "failed", problem: "the server has ended", notBefore: now() };
      const isFinal = isCodedError(error) && error.code === "DELIVERY_REFUSED";
      if (isFinal || message.attempts >= MOST_ATTEMPTS) return { kind: "given-up", problem };
      return { kind: "failed", problem, notBefore: new Date(now().getTime() + waitMs(message.attempts)) };
    },
  );
  try {
    await noteSending(driver, message, sending, now());
    metrics.delivered(sending.kind);
    const problem = sending.kind === "sent" ? {} : { problem: sending.problem };
    log.info(
      { delivery_id: message.id, run_id: message.runId, outcome: sending.kind, ...problem },
      "delivery tried",
    );
  } catch (error) {
    report(`delivery ${message.id} could not be noted and may come twice`, error);
  }
}

function waitMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 3 ** (attempts - 1));
}

async function send(
  platform: Platform,
  { mail, allowedWebhooks }: DeliveryMeans,
  message: OutboxMessage,
): Promise<void> {
  const { to } = howOf(message.rule);
  const { notice, page } = await composeNotice(platform, message);
  if (to.kind === "webhook") {
    const body = to.format === "slack" ? slackBody(notice) : jsonBody(notice, page);
    const headers = {
      "content-type": "application/json",
      "user-agent": "notemill",
      "notemill-delivery": `${message.rule.id}-${message.id}`,
      "notemill-event": message.event,
    };
    await sendWebhook(
      { url: to.url, body, headers },
      { allowedHosts: allowedWebhooks, signal: platform.closing },
    );
    return;
  }
  if (mail === null)
    throw new ServerError(
      "DELIVERY_REFUSED",
      "this server sends no mail: it was started without $NOTEMILL_SMTP_URL",
    );
  await mail.send({
    to: to.addresses,
    ...mailTexts(notice),
    messageId: `<delivery-${message.id}-${message.rule.id}@notemill>`,
    page: page === null ? null : { name: "report.html", html: page },
  });
}
