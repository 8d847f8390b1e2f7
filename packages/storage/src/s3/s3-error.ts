import { isCodedError } from "@notemill/errors";
import { StorageError, type StorageErrorCode } from "../storage-error.ts";

/** What was being done when the server refused. */
export type S3Action = "read" | "write" | "list" | "delete";

interface Meaning {
  readonly code: StorageErrorCode;
  readonly says: string;
}

const CREDENTIALS: Meaning = {
  code: "STORAGE_FORBIDDEN",
  says: "no credentials were found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
};
const EXPIRED: Meaning = {
  code: "STORAGE_FORBIDDEN",
  says: "the credentials have expired; sign in again (aws sso login) or get new ones",
};
const WRONG_KEY: Meaning = {
  code: "STORAGE_FORBIDDEN",
  says: "the server does not know these credentials; check AWS_PROFILE, the keys and the endpoint",
};
const WRONG_REGION: Meaning = {
  code: "STORAGE_UNAVAILABLE",
  says: "the bucket is in another region; set AWS_REGION to it",
};
const CHANGED: Meaning = { code: "STORAGE_CONFLICT", says: "it was changed by someone else meanwhile" };

const BY_NAME: Readonly<Record<string, Meaning>> = {
  NoSuchKey: { code: "STORAGE_NOT_FOUND", says: "no such object; check the key" },
  NoSuchVersion: { code: "STORAGE_NOT_FOUND", says: "the object has no such version" },
  NoSuchBucket: {
    code: "STORAGE_NOT_FOUND",
    says: "the bucket does not exist; check its name and the endpoint",
  },
  NotFound: { code: "STORAGE_NOT_FOUND", says: "no such object or bucket; check the name" },
  AccessDenied: {
    code: "STORAGE_FORBIDDEN",
    says: "access denied; check the policies of the user and the bucket",
  },
  AllAccessDisabled: { code: "STORAGE_FORBIDDEN", says: "the bucket's owner has disabled access" },
  AccountProblem: { code: "STORAGE_FORBIDDEN", says: "the server reports a problem with the account" },
  AccessControlListNotSupported: {
    code: "STORAGE_FORBIDDEN",
    says: "the bucket takes no ACL; unset NOTEMILL_S3_ACL",
  },
  CredentialsProviderError: CREDENTIALS,
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  RequestTimeTooSkewed: { code: "STORAGE_FORBIDDEN", says: "the clock of this machine is wrong; set it" },
  InvalidAccessKeyId: WRONG_KEY,
  SignatureDoesNotMatch: WRONG_KEY,
  InvalidToken: WRONG_KEY,
  PermanentRedirect: WRONG_REGION,
  AuthorizationHeaderMalformed: WRONG_REGION,
  IllegalLocationConstraintException: WRONG_REGION,
  PreconditionFailed: CHANGED,
  ConditionalRequestConflict: CHANGED,
  OperationAborted: CHANGED,
  InvalidRange: { code: "STORAGE_RANGE_INVALID", says: "the object has no such bytes" },
  InvalidBucketName: { code: "STORAGE_PATH_INVALID", says: "that is not a name a bucket can have" },
  KeyTooLongError: { code: "STORAGE_PATH_INVALID", says: "the key has more than 1024 bytes" },
  EntityTooLarge: { code: "STORAGE_TOO_LARGE", says: "it is larger than the server takes in one request" },
  QuotaExceeded: { code: "STORAGE_FULL", says: "the quota of the bucket is used up; free some" },
  InsufficientStorage: { code: "STORAGE_FULL", says: "the server has no space left" },
  XMinioStorageFull: { code: "STORAGE_FULL", says: "the server has no space left" },
  NotImplemented: { code: "STORAGE_UNSUPPORTED", says: "the server does not implement this request" },
  InvalidObjectState: { code: "STORAGE_UNAVAILABLE", says: "the object is archived; restore it first" },
};

const BY_STATUS: Readonly<Record<number, Meaning>> = {
  301: WRONG_REGION,
  401: WRONG_KEY,
  403: { code: "STORAGE_FORBIDDEN", says: "access denied; check the policies of the user and the bucket" },
  404: { code: "STORAGE_NOT_FOUND", says: "no such object or bucket; check the name" },
  412: CHANGED,
  416: { code: "STORAGE_RANGE_INVALID", says: "the object has no such bytes" },
  501: { code: "STORAGE_UNSUPPORTED", says: "the server does not implement this request" },
  507: { code: "STORAGE_FULL", says: "the server has no space left" },
};

/** Turns an error of the AWS SDK into a {@link StorageError} that says what to do. Coded errors come back as they are. */
export function s3Error(cause: unknown, action: S3Action, place: string): unknown {
  if (!(cause instanceof Error) || (isCodedError(cause) && cause instanceof StorageError)) return cause;
  const { name } = cause;
  const status = statusOf(cause);
  const { code, says } = BY_NAME[name] ?? BY_STATUS[status ?? 0] ?? otherwise(cause, status);
  return new StorageError(code, `cannot ${action} "${place}": ${says}`, {
    cause,
    details: { place, action, name, status },
  });
}

/** Whether trying again may help: the server was busy or failed, or the connection did. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === "AbortError") return false;
  const status = statusOf(error);
  if (status === null) return isConnectionError(error);
  return status >= 500 || status === 429 || status === 408 || isConditionInFlight(error);
}

/** Whether another conditional request was being decided: the outcome is not known until it is asked again. */
export function isConditionInFlight(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "ConditionalRequestConflict" || error.name === "OperationAborted";
}

/** Whether a condition did not hold. One on an object that is gone is answered with 404. */
export function isRefusedCondition(error: unknown): boolean {
  return statusOf(error) === 412 || (error instanceof Error && error.name === "NoSuchKey");
}

/** The HTTP status of an answer that the SDK made into an error; null where there was no answer. */
function statusOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return null;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : null;
}

/** How often the SDK itself sent the request. */
export function attemptsOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return 1;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("attempts" in metadata)) return 1;
  return typeof metadata.attempts === "number" ? metadata.attempts : 1;
}

function isConnectionError(error: Error): boolean {
  return error.name === "TimeoutError" || ("code" in error && /^E[A-Z_]+$/.test(String(error.code)));
}

function otherwise(error: Error, status: number | null): Meaning {
  if (status === null && isConnectionError(error)) {
    return {
      code: "STORAGE_UNAVAILABLE",
      says: `the server cannot be reached (${error.message || error.name})`,
    };
  }
  const what = `${status ?? ""} ${error.name} ${error.message}`.trim();
  if (status === null) return { code: "STORAGE_FAILED", says: what };
  if (status >= 500 || status === 429) {
    return { code: "STORAGE_UNAVAILABLE", says: `the server answers ${what}; try again later` };
  }
  return { code: "STORAGE_HTTP_STATUS", says: `the server answers ${what}` };
}
