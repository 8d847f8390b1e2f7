import { describe, expect, it } from "vitest";
import { anchorId, createAnchors } from "./anchors.ts";

describe("anchors", () => {
  it.each([
    ["Results: part 1", "s-results-part-1"],
    ["Results:-part-1", "s-results-part-1"],
    ["results-part-1", "s-results-part-1"],
    ["R%C3%A9sum%C3%A9", "s-résumé"],
    ["Résumé", "s-résumé"],
    ["数据 分析", "s-数据-分析"],
    ["__proto__", "s-__proto__"],
    ["100%", "s-100"],
    ["--- !", undefined],
  ])("names %s %s", (name, id) => {
    expect(anchorId(name)).toBe(id);
  });

  it("gives no id twice", () => {
    const anchors = createAnchors();
    expect(["Data", "data", "Data"].map((text) => anchors.claimHeading(text))).toEqual([
      "s-data",
      "s-data-1",
      "s-data-2",
    ]);
    expect(anchors.claim("data")).toBeUndefined();
    expect(anchors.claim("other")).toBe("s-other");
    expect(anchors.claimHeading("!!")).toBe("s-section");
  });
});
