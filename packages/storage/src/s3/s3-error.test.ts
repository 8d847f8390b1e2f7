import { describe, expect, it } from "vitest";
import { StorageError } from "../storage-error.ts";
import { isRefusedCondition, isTransient, s3Error } from "./s3-error.ts";

/** An error as the SDK makes it. */
function sdkError(name: string, status: number | null, extra: object = {}): Error {
  const metadata = status === null ? {} : { $metadata: { httpStatusCode: status } };
  return Object.assign(new Error("from the server"), { name, ...metadata, ...extra });
}

describe("s3Error", () => {
  it.each([
    [sdkError("NoSuchBucket", 404), "STORAGE_NOT_FOUND", "the bucket does not exist"],
    [sdkError("NotFound", 404), "STORAGE_NOT_FOUND", "no such object or bucket"],
    [sdkError("AccessDenied", 403), "STORAGE_FORBIDDEN", "policies"],
    [sdkError("403", 403), "STORAGE_FORBIDDEN", "policies"],
    [sdkError("ExpiredToken", 400), "STORAGE_FORBIDDEN", "expired"],
    [sdkError("InvalidAccessKeyId", 403), "STORAGE_FORBIDDEN", "AWS_PROFILE"],
    [sdkError("CredentialsProviderError", null), "STORAGE_FORBIDDEN", "AWS_ACCESS_KEY_ID"],
    [sdkError("PermanentRedirect", 301), "STORAGE_UNAVAILABLE", "AWS_REGION"],
    [sdkError("PreconditionFailed", 412), "STORAGE_CONFLICT", "meanwhile"],
    [sdkError("QuotaExceeded", 403), "STORAGE_FULL", "quota"],
    [sdkError("NotImplemented", 501), "STORAGE_UNSUPPORTED", "implement"],
    [sdkError("SlowDown", 503), "STORAGE_UNAVAILABLE", "503 SlowDown from the server; try again later"],
    [sdkError("Teapot", 418), "STORAGE_HTTP_STATUS", "418 Teapot"],
    [sdkError("Error", null, { code: "ECONNREFUSED" }), "STORAGE_UNAVAILABLE", "cannot be reached"],
    [sdkError("TypeError", null), "STORAGE_FAILED", "TypeError"],
  ])("turns %s into %s", (error, code, words) => {
    const made = s3Error(error, "write", "s3://b/k");
    expect(made).toBeInstanceOf(StorageError);
    expect(made).toMatchObject({ code, cause: error, message: expect.stringContaining(words) as string });
    expect(made).toMatchObject({ message: expect.stringContaining('cannot write "s3://b/k": ') as string });
  });
});

describe("isTransient", () => {
  it.each([
    [sdkError("InternalError", 500), true],
    [sdkError("SlowDown", 503), true],
    [sdkError("TooManyRequests", 429), true],
    [sdkError("ConditionalRequestConflict", 409), true],
    [sdkError("TimeoutError", null), true],
    [sdkError("Error", null, { code: "ECONNRESET" }), true],
    [sdkError("AccessDenied", 403), false],
    [sdkError("PreconditionFailed", 412), false],
    [new StorageError("STORAGE_UNSUPPORTED", "no"), false],
    ["text", false],
  ])("says of %s: %s", (error, expected) => {
    expect(isTransient(error)).toBe(expected);
  });
});

describe("isRefusedCondition", () => {
  it.each([
    [sdkError("PreconditionFailed", 412), true],
    [sdkError("NoSuchKey", 404), true],
    [sdkError("NoSuchBucket", 404), false],
  ])("says of %s: %s", (error, expected) => {
    expect(isRefusedCondition(error)).toBe(expected);
  });
});
