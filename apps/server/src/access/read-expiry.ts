import { ServerError } from "../server-error.ts";

/**
 * When something is to end that somebody asks for.
 *
 * @throws {@link ServerError} `REQUEST_INVALID` for what is over, or later than `longestMs` from now.
 */
export function readExpiry(given: string, now: Date, longestMs = Number.POSITIVE_INFINITY): Date {
  const expiresAt = new Date(given);
  const left = expiresAt.getTime() - now.getTime();
  if (left > 0 && left <= longestMs) return expiresAt;
  const why = left > 0 ? `is more than ${longestMs / 86_400_000} days away` : "is not still to come";
  throw new ServerError("REQUEST_INVALID", `"expires_at" in the body is not valid: "${given}" ${why}`, {
    details: { part: "body", field: "expires_at" },
  });
}
