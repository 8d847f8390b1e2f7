import fc from "fast-check";
import { join, normalize } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { isStorePath, storePath } from "./store-path.ts";

const anyPath = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom("a", "..", ".", "", "b c", "\0", "é", "e\u0301", "…", "...", "\\", "\uFF0E\uFF0E", " "),
    )
    .map((segments) => segments.join("/")),
);

describe("storePath", () => {
  it("passes only what stays below any root and names one file", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        fc.pre(passes(path));
        const checked = storePath(path);
        expect(normalize(checked)).toBe(checked);
        expect(join("/root", checked).startsWith("/root/")).toBe(true);
        expect(checked).not.toMatch(/\p{Cc}|\\|(^|\/)\.\.?(\/|$)/u);
        expect(storePath(checked)).toBe(checked);
        expect(isStorePath(checked)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("quotes what it refuses and says why", () => {
    expect(() => storePath("a/../b")).toThrow(
      expect.objectContaining({
        code: "STORAGE_PATH_INVALID",
        message: '"a/../b" is not a path in a store: the segment ".." ends with a dot',
      }) as Error,
    );
  });
});

function passes(path: string): boolean {
  try {
    storePath(path);
    return true;
  } catch {
    return false;
  }
}
