import { describe, expect, it } from "vitest";
import { escapeAttribute, escapeText, unescapeText } from "./escape-html.ts";

describe("escapeText", () => {
  it.each([
    ["markup", "<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"],
    ["quotes as they are", `"a" 'b'`, `"a" 'b'`],
    ["tab and line ends as they are", "a\tb\nc\r\n", "a\tb\nc\r\n"],
    ["control characters as U+FFFD", "a\0b\u001bc\u007fd\u0085e", "a\ufffdb\ufffdc\ufffdd\ufffde"],
    ["noncharacters as U+FFFD", "\ufdd0\uffff", "\ufffd\ufffd"],
    ["an emoji as it is", "👩‍🔬", "👩‍🔬"],
  ])("writes %s", (_what, text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });
});

describe("escapeAttribute", () => {
  it("lets nothing end the attribute", () => {
    expect(escapeAttribute(`"><script>\r\n`)).toBe("&quot;&gt;&lt;script&gt;&#13;&#10;");
  });

  it("is undone by unescapeText", () => {
    const text = `a < b & "c" &amp;lt;\n\r>`;
    expect(unescapeText(escapeAttribute(text))).toBe(text);
  });
});
