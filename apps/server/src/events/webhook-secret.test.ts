import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { knowsSecret, newWebhookSecret } from "./webhook-secret.ts";

const secret = newWebhookSecret();
const body = Buffer.from('{"n": 1.0}');
const now = new Date("2026-03-01T12:00:00Z");
const seconds = String(now.getTime() / 1000);
const hmac = (text: string | Buffer, key = secret, form: "hex" | "base64" = "hex"): string =>
  createHmac("sha256", key).update(text).digest(form);
const standard = (time: string, key = secret): Record<string, string> => ({
  "webhook-id": "m1",
  "webhook-timestamp": time,
  "webhook-signature": `v1,AAAA v1,${hmac(`m1.${time}.${body.toString()}`, key, "base64")}`,
});

describe("knowsSecret", () => {
  it.each<[string, boolean, Record<string, string>]>([
    ["no header", false, {}],
    ["the secret as a token", true, { authorization: `Bearer ${secret}` }],
    ["another token", false, { authorization: `Bearer ${newWebhookSecret()}` }],
    ["an empty token", false, { authorization: "Bearer " }],
    ["a signature as GitHub makes it", true, { "x-hub-signature-256": `sha256=${hmac(body)}` }],
    ["the same under our name", true, { "notemill-signature-256": `sha256=${hmac(body)}` }],
    ["a signature of other bytes", false, { "x-hub-signature-256": `sha256=${hmac("other")}` }],
    ["a signature with another key", false, { "x-hub-signature-256": `sha256=${hmac(body, "k")}` }],
    ["a signature without its method", false, { "x-hub-signature-256": hmac(body) }],
    ["a Standard Webhook", true, standard(seconds)],
    ["one that is six minutes old", false, standard(String(Number(seconds) - 360))],
    ["one of another key", false, standard(seconds, "k")],
    ["one whose id is another one", false, { ...standard(seconds), "webhook-id": "m2" }],
    [
      "one whose time is another one",
      false,
      { ...standard(seconds), "webhook-timestamp": String(Number(seconds) + 1) },
    ],
  ])("takes %s for %s", (_what, expected, headers) => {
    expect(knowsSecret(secret, { headers, body, now })).toBe(expected);
  });

  it("lets nobody in without a secret", () => {
    expect(knowsSecret(null, { headers: { authorization: "Bearer " }, body, now })).toBe(false);
  });
});
