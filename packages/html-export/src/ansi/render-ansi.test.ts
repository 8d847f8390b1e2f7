import { describe, expect, it } from "vitest";
import { renderAnsi } from "./render-ansi.ts";

/** `^` stands for ESC. */
const render = (text: string) => renderAnsi(text.replaceAll("^", "\u001b"));

describe("renderAnsi", () => {
  it.each([
    ["plain text", "a < b", "a &lt; b"],
    ["a palette colour", "^[31mred^[0m x", '<span class="c c1">red</span> x'],
    ["a bright colour", "^[91mred^[39m x", '<span class="c c9">red</span> x'],
    ["a background", "^[44;97mx", '<span class="c c15 b b4">x</span>'],
    ["one of 256 colours", "^[38;5;208mx", '<span class="c" style="--c:#ff8700">x</span>'],
    ["one of the first 16", "^[38;5;3mx", '<span class="c c3">x</span>'],
    ["a grey", "^[48;5;244mx", '<span class="b" style="--b:#808080">x</span>'],
    ["true colour", "^[38;2;1;2;255mx", '<span class="c" style="--c:#0102ff">x</span>'],
    [
      "true colour with colons",
      "^[38:2::1:2:255m^[48:5:1mx",
      '<span class="c b b1" style="--c:#0102ff">x</span>',
    ],
    [
      "weights and lines",
      "^[1;3;4;9mx^[22;23;24;29my",
      '<span class="bold italic underline strike">x</span>y',
    ],
    ["inverse text", "^[7mx^[27my", '<span class="inverse">x</span>y'],
    ["inverse colours", "^[31;7mx", '<span class="b b1">x</span>'],
    ["no hidden and no blinking text", "^[8;5mx", "x"],
    ["an empty code as a reset", "^[31mx^[my", '<span class="c c1">x</span>y'],
    ["broken colours as none", "^[38;5;999mx^[38;2;1mx^[38mx^[38;9;1mx", 'xxx<span class="bold">x</span>'],
    ["a keyboard code as none", "^[>4;2mx^[?25hx", "xx"],
  ])("shows %s", (_what, text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    ["a progress bar", "10%\r50%\r100%\n", "100%\n"],
    ["what a shorter line leaves", "abcdef\rxy", "xycdef"],
    ["a Windows line end", "a\rx\r\nb\r\n", "x\nb\n"],
    ["backspaces", "abc\b\bX", "aXc"],
    ["erasing to the end", "abcdef\rxy^[K", "xy"],
    ["erasing the line", "abcdef^[2K\rxy", "xy"],
    ["erasing to the cursor", "abcdef\r^[2C^[1Kx", "  xdef"],
    ["bars above each other", "a 10%\nb 10%\n^[A^[Ab 1\r^[Ba 9%\n", "b 10%\na 9%%\n"],
    ["a column", "abc^[1Gx", "xbc"],
    ["colours that are printed over", "^[31mab^[0m\rx", 'x<span class="c c1">b</span>'],
    ["emoji as one character", "👩a\b\bx", "xa"],
  ])("does %s", (_what, text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    ["titles", "^]0;title\u0007x", "x"],
    ["links, of which the text stays", "^]8;;https://example.org^\\text^]8;;^\\", "text"],
    ["device strings", "^P1$r^\\x^_y^\\z", "xz"],
    ["jumps about the screen, which would hide text", "a^[2J^[Hb", "ab"],
    ["character sets and other two-letter codes", "^(Bx^7^=^Mx", "xx"],
    ["a lone escape", "a^", "a"],
  ])("leaves out %s", (_what, text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it("hides nothing behind a string without an end", () => {
    expect(render("a^]0;secret\nb^Pmore")).toContain("secret");
    expect(render("a^]0;secret\nb^Pmore")).toContain("more");
  });

  it("lets no parameter into the markup", () => {
    expect(render('^[38;2;1;2;"><script>m^[31"><b>mx')).not.toMatch(/<(?!\/?span)/);
  });

  it("makes direction controls visible", () => {
    expect(render("a\u202eb")).toBe('a<span class="hidden-character">U+202E</span>b');
  });

  it("keeps long output in bounds", () => {
    expect(render("\r".repeat(100_000))).toBe("");
    expect(render("x\n^[9999A".repeat(2000)).length).toBeLessThan(100_000);
    expect(render("^[9999Cx\n".repeat(2000)).length).toBeLessThan(600_000);
    expect(render(`${"x".repeat(50_000)}\ry`)).toHaveLength(50_000);
    expect(render("line\r\n^[1mx^[0m\b\n".repeat(2000)).split("\n")).toHaveLength(4001);
    expect(render("^]".repeat(50_000))).toContain("]");
  });
});
