import { expect, it } from "vitest";
import { createCapabilities } from "./capabilities.ts";

const at = (second: number): Date => new Date(second * 1000);
const capability = {
  path: "/home/ann/ü.html",
  version: 3,
  isActive: true,
  isApart: true,
  expiresAt: at(10),
};
const capabilities = createCapabilities("a token of 16 characters");

it("says what it shows until it is over", () => {
  const text = capabilities.make(capability);
  expect(text).toMatch(/^[\w.-]+$/);
  expect(capabilities.read(text, at(9))).toEqual(capability);
  expect(capabilities.read(text, at(10))).toBeNull();
});

it("is of no use when it was changed, or made with another token", () => {
  const text = capabilities.make(capability);
  const [values = "", signature = ""] = text.split(".");
  const other = Buffer.from(
    Buffer.from(values, "base64url").toString().replace("/home/ann", "/home/bob"),
  ).toString("base64url");
  for (const changed of [`${other}.${signature}`, `${values}.`, values, "", `${values}.${"A".repeat(43)}`])
    expect(capabilities.read(changed, at(9))).toBeNull();
  expect(createCapabilities("another token of 16").read(text, at(9))).toBeNull();
});
