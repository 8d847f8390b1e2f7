import type { Problem } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { ServerError } from "../server-error.ts";

/** Codes of other packages that say that what was sent cannot be used. */
const UNPROCESSABLE = /^(NOTEBOOK|PARAMETER|PATH|STORAGE_PATH|KERNEL_NAME|LANGUAGE|JSON)_/;

/** Says what is wrong as RFC 9457 has it. What nobody foresaw is not told to the client. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ServerError) return problem(error.code, error.message, error.status, error.details);
  if (isCodedError(error) && UNPROCESSABLE.test(error.code)) {
    return problem(error.code, error.message, 422, error.details);
  }
  const { statusCode } = error as { statusCode?: unknown };
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) {
    return problem("REQUEST_INVALID", (error as Error).message, statusCode, {});
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
