import { isCodedError } from "@notemill/errors";
import { createTransport } from "nodemailer";
import { ServerError } from "../server-error.ts";

/** How long each answer of the mail server may take, in milliseconds. */
const ANSWER_MS = 15_000;

/** One mail to all its receivers. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same for the same message, so that one that comes twice can be known. */
  readonly messageId: string;
  readonly page: { readonly name: string; readonly html: string } | null;
}

/** Sends mail by one server. Whoever has made it closes it. */
export interface MailSender extends Disposable {
  /** @throws {@link ServerError} `DELIVERY_REFUSED`, `DELIVERY_FAILED`. */
  send(mail: Mail): Promise<void>;
}

/** Makes a sender. @param url - As `smtp://user:password@host:587` or `smtps://…`. */
export function createMailSender({ url, from }: { readonly url: string; readonly from: string }): MailSender {
  const transport = createTransport({
    url,
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    // What a notebook says is never taken for the name of a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, messageId, page }) {
      try {
        await transport.sendMail({
          from,
          to: [...to],
          subject,
          text,
          messageId,
          headers: { "Auto-Submitted": "auto-generated" },
          attachments:
            page === null ? [] : [{ filename: page.name, content: page.html, contentType: "text/html" }],
        });
      } catch (error) {
        throw isCodedError(error) ? error : mailError(error);
      }
    },
    [Symbol.dispose]: () => transport.close(),
  };
}

function mailError(error: unknown): ServerError {
  const { responseCode, message } = error as { readonly responseCode?: number; readonly message?: string };
  const isFinal = responseCode !== undefined && responseCode >= 500;
  const why = `the mail server has not taken the mail: ${message ?? String(error)}`;
  return new ServerError(isFinal ? "DELIVERY_REFUSED" : "DELIVERY_FAILED", why, { cause: error });
}
