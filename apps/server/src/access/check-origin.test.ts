import { describe, expect, it } from "vitest";
import { checkOrigin, checkSignInOrigin, type OriginFacts } from "./check-origin.ts";

const OWN = "http://localhost:8765";

function check(
  look: (facts: OriginFacts) => void,
  method: string,
  headers: OriginFacts["headers"],
): "in" | "refused" {
  try {
    look({ method, headers, ownOrigins: [OWN, "https://notes.example"] });
    return "in";
  } catch (error) {
    expect(error).toMatchObject({ code: "ORIGIN_REFUSED", status: 403 });
    return "refused";
  }
}

const link = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

describe("checkOrigin", () => {
  it.each([
    ["POST", { "sec-fetch-site": "same-origin" }, "in"],
    ["POST", { origin: OWN }, "in"],
    ["POST", { origin: "https://notes.example" }, "in"],
    ["POST", { "sec-fetch-site": "none", origin: OWN }, "in"],
    ["POST", {}, "refused"],
    ["POST", { "sec-fetch-site": "none" }, "refused"],
    ["POST", { "sec-fetch-site": "same-site" }, "refused"],
    ["POST", { "sec-fetch-site": "cross-site", origin: OWN }, "refused"],
    ["POST", { "sec-fetch-site": "cross-site", ...link }, "refused"],
    ["POST", { origin: "http://localhost:8766" }, "refused"],
    ["POST", { origin: "https://localhost:8765" }, "refused"],
    ["POST", { origin: "http://localhost:8765.evil.example" }, "refused"],
    ["DELETE", { origin: "null" }, "refused"],
    ["GET", {}, "in"],
    ["GET", { origin: OWN }, "in"],
    ["GET", { "sec-fetch-site": "same-origin" }, "in"],
    ["GET", { "sec-fetch-site": "none", ...link }, "in"],
    ["GET", { "sec-fetch-site": "cross-site", ...link }, "in"],
    ["GET", { "sec-fetch-site": "cross-site", ...link, "sec-fetch-dest": "iframe" }, "refused"],
    ["GET", { "sec-fetch-site": "same-site" }, "refused"],
    ["GET", { origin: "http://evil.example" }, "refused"],
    ["GET", { upgrade: "websocket" }, "refused"],
    ["GET", { upgrade: "websocket", "sec-fetch-site": "same-site", ...link }, "refused"],
    ["GET", { upgrade: "websocket", origin: "http://evil.example" }, "refused"],
    ["GET", { upgrade: "websocket", origin: OWN }, "in"],
  ])("%s with %j is %s", (method, headers, expected) => {
    expect(check(checkOrigin, method, headers)).toBe(expected);
  });
});

describe("checkSignInOrigin", () => {
  it.each([
    [{}, "in"],
    [{ origin: OWN }, "in"],
    [{ "sec-fetch-site": "same-origin" }, "in"],
    [{ origin: "http://evil.example" }, "refused"],
    [{ "sec-fetch-site": "cross-site" }, "refused"],
  ])("a sign-in with %j is %s", (headers, expected) => {
    expect(check(checkSignInOrigin, "POST", headers)).toBe(expected);
  });
});
