import type { Problem } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { ServerError } from "../server-error.ts";

/** Codes of other packages that say that what was sent cannot be used. */
const UNPROCESSABLE =
  /^TOO_MANY_SLOTS$|^(BACKFILL|CRON|ENVIRONMENT|UV|EXPRESSION|TIME_ZONE|TRIGGER|NOTEBOOK|PARAMETER|PATH|STEP|SWEEP|TRANSLATOR|STORAGE_PATH|KERNEL_NAME|LANGUAGE|JSON)_/;

/** Codes of other packages that say that the database or a store is away or full: it may go better later. */
const UNAVAILABLE = /^STORE_|^STORAGE_(UNAVAILABLE|FULL|READ_ONLY|NO_DIRECTORY|FAILED|FORBIDDEN)$/;

/** Says what is wrong as RFC 9457 has it. What nobody foresaw is not told to the client. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ServerError) return problem(error.code, error.message, error.status, error.details);
  if (isCodedError(error) && UNPROCESSABLE.test(error.code)) {
    return problem(error.code, error.message, 422, error.details);
  }
  if (isCodedError(error) && String(error.details["sqlState"]).startsWith("22")) {
    return problem("REQUEST_INVALID", `a value cannot be kept: ${error.message}`, 400, {});
  }
  if (isCodedError(error) && UNAVAILABLE.test(error.code)) {
    // The message may name paths and tables of the server, which are for its log.
    return problem(
      error.code,
      "the database or a store of the server cannot be used; its log says why",
      503,
      {},
    );
  }
  const { statusCode } = error as { statusCode?: unknown };
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) {
    const code =
      statusCode === 413
        ? "BODY_TOO_LARGE"
        : statusCode === 415
          ? "MEDIA_TYPE_UNSUPPORTED"
          : "REQUEST_INVALID";
    return problem(code, (error as Error).message, statusCode, {});
  }
  return problem("INTERNAL_ERROR", "something went wrong in the server; its log says what", 500, {});
}

function problem(
  code: string,
  detail: string,
  status: number,
  details: Readonly<Record<string, unknown>>,
): Problem {
  const title = code.charAt(0) + code.slice(1).toLowerCase().replaceAll("_", " ");
  // The details of an error are safe to show; what is no JSON is left out.
  return {
    ...(JSON.parse(JSON.stringify(details)) as object),
    type: "about:blank",
    title,
    status,
    detail,
    code,
  };
}
