import { describe, expect, it } from "vitest";
import { safeAddress } from "./safe-address.ts";

describe("safeAddress", () => {
  it.each([
    ["https://example.org/a?b=c#d", "outside"],
    ["HTTP://example.org", "outside"],
    ["mailto:a@example.org", "mail"],
    ["#Results", "fragment"],
    ["other.ipynb", "relative"],
    ["../data/x.csv?y=a:b", "relative"],
    ["/files/x", "relative"],
    ["?page=2", "relative"],
    ["données (2).csv#a:b", "relative"],
  ])("allows %s", (text, kind) => {
    expect(safeAddress(text)).toEqual({ href: text, kind });
  });

  it("makes an address without a scheme an https one", () => {
    expect(safeAddress("//example.org/x")).toEqual({ href: "https://example.org/x", kind: "outside" });
  });

  it.each([
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript\0:alert(1)",
    "\u0001javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg/>",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "filesystem:https://example.org/x",
    "ms-word:ofe|u|https://example.org",
    "\u200bjavascript:alert(1)",
    "http:example.org",
    "http:/example.org",
    "https:///example.org",
    "https://\\example.org",
    "\\\\host\\share",
    "/\\host/share",
    "///host/share",
    "&#x6Aavascript:alert(1)",
    "x/\\y",
    ":x",
    "",
    "   ",
  ])("refuses %j", (text) => {
    expect(safeAddress(text)).toBeUndefined();
  });
});
