import { describe, expect, it } from "vitest";
import { trustMarkup } from "./trusted-markup.ts";

describe("trustMarkup", () => {
  it("lets through what html-export writes", () => {
    expect(trustMarkup('<p title="a">a <b>b</b></p>')).toBe('<p title="a">a <b>b</b></p>');
  });

  it.each([
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">a</p>',
    '<a href="javascript:alert(1)">a</a>',
  ])("says that %s cannot be shown safely, and shows nothing of what is around it", (html) => {
    expect(trustMarkup(`<p>before</p>${html}`)).toBe('<p class="note">This cannot be shown safely.</p>');
  });
});
