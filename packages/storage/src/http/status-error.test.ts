import { describe, expect, it } from "vitest";
import { firstWords, statusError } from "./status-error.ts";

describe("statusError", () => {
  it.each([
    [404, "STORAGE_NOT_FOUND"],
    [410, "STORAGE_NOT_FOUND"],
    [401, "STORAGE_FORBIDDEN"],
    [403, "STORAGE_FORBIDDEN"],
    [304, "STORAGE_HTTP_STATUS"],
    [500, "STORAGE_HTTP_STATUS"],
  ])("gives status %d the code %s", (status, code) => {
    const response = { status, statusText: "Text", headers: new Headers() };
    const url = new URL("http://user:secret@host/x?token=t");
    const error = statusError("GET", url, response, Buffer.from("because"));
    expect(error.code).toBe(code);
    expect(error.message).toContain(
      `GET http://user:***@host/x?token=*** answered ${status} Text "because"; `,
    );
    expect(error.details).toMatchObject({ status, body: "because" });
  });
});

describe("firstWords", () => {
  it.each([
    ["text", "plain  words\n\tand more", "plain words and more"],
    [
      "a page",
      "<!doctype html><html><head><title>x</title></head><style>a{}</style><body><h1>Not\nfound</h1><p>Sorry</body>",
      "Not found Sorry",
    ],
    ["what drives a terminal", "a\u001b[31mred\u0007", "a [31mred"],
    ["much", "x".repeat(1000), `${"x".repeat(200)}…`],
    ["nothing", "", ""],
  ])("shows %s", (_what, body, expected) => {
    expect(firstWords(Buffer.from(body))).toBe(expected);
  });
});
