import { describe, expect, it } from "vitest";
import { textOf, type StoreUnderTest } from "./store-under-test.ts";

/** Paths that could lead elsewhere are refused by every operation. */
export function testPaths(tested: () => StoreUnderTest): void {
  describe("paths", () => {
    it.each([
      ["nothing", ""],
      ["absolute", "/etc/passwd"],
      ["a parent", "../outside"],
      ["a parent in the middle", "a/../../outside"],
      ["a parent at the end", "a/.."],
      ["a dot", "./a"],
      ["an empty segment", "a//b"],
      ["a slash at the end", "a/"],
      ["NUL", "a\0b"],
      ["a line break", "a\nb"],
      ["backslashes", "a\\..\\b"],
      ["a dot at the end", "a."],
      ["half a character", "\uD800"],
      ["a long segment", "x".repeat(256)],
      ["a long path", "x/".repeat(600) + "x"],
      ["a temporary name", ".notemill-0123abcd-1-0123456789ab.tmp"],
    ])("refuses %s", async (_what, path) => {
      const refusal = { code: "STORAGE_PATH_INVALID" };
      for (const attempt of [
        () => tested().store.stat(path),
        () => tested().store.read(path),
        () => tested().store.write(path, "x"),
        () => tested().store.delete(path),
        () => tested().store.copy(path, "ok"),
        () => tested().store.copy("ok", path),
      ]) {
        await expect(attempt()).rejects.toMatchObject(refusal);
      }
    });

    it("knows a name in either Unicode form", async () => {
      await tested().store.write("forms/e\u0301", "x");
      expect(await textOf(tested().store, "forms/\u00e9")).toBe("x");
    });
  });
}
