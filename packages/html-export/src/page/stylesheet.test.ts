import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CONTENT_POLICY } from "./content-policy.ts";
import { STYLESHEET, STYLESHEET_HASH } from "./stylesheet.ts";

describe("the style sheet", () => {
  it("has the hash that the page's policy names", () => {
    expect(STYLESHEET_HASH).toBe(`sha256-${createHash("sha256").update(STYLESHEET).digest("base64")}`);
    expect(CONTENT_POLICY).toContain(`'${STYLESHEET_HASH}'`);
  });

  it("is small and loads nothing", () => {
    expect(STYLESHEET.length).toBeLessThan(12_000);
    expect(STYLESHEET).not.toMatch(/url\(|@import|@font-face|<|\n/);
  });
});
