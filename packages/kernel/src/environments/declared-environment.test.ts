import { describe, expect, it } from "vitest";
import { declaredEnvironment } from "./declared-environment.ts";

const BLOCK = '# /// script\n# dependencies = ["six"]\n# ///\n';

describe("declaredEnvironment", () => {
  it.each([
    ["nothing", ["x = 1"], null],
    ["a block", [`${BLOCK}import six`], BLOCK],
    ["a block behind other lines", [`"""Report."""\n\n${BLOCK}\nx`], BLOCK],
    ["the first of two", ["x", BLOCK, BLOCK.replace("six", "attrs")], BLOCK],
    ["a block with the line ends of Windows", [BLOCK.replaceAll("\n", "\r\n")], BLOCK],
    ["a block that does not end", ["# /// script\n# dependencies = []\n"], null],
    ["a block of another kind", [BLOCK.replace("script", "tool")], null],
    ["a block with other lines in it", ['# /// script\ndependencies = ["six"]\n# ///'], null],
    ["a block in a string", ["text = '''\n" + BLOCK.replaceAll("# ", "  # ") + "'''"], null],
  ])("finds %s", (_what, sources, text) => {
    expect(declaredEnvironment(sources, {}).input?.text ?? null).toBe(text);
  });

  it("reads metadata, after the cells", () => {
    const metadata = { notemill: { environment: "reports", script: 'dependencies = ["six"]\n' } };
    expect(declaredEnvironment(["x"], metadata)).toEqual({
      name: "reports",
      input: { kind: "script", text: BLOCK },
    });
    expect(declaredEnvironment([BLOCK.replace("six", "attrs")], metadata).input?.text).toContain("attrs");
    expect(declaredEnvironment([], { notemill: { environment: 1 } })).toEqual({ name: null, input: null });
  });
});
