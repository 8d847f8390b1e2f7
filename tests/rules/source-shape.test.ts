import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";

const sources = globSync("{packages,apps}/*/src/**/*.{ts,tsx}").filter((path) => !path.endsWith(".test.ts"));

describe("sources", () => {
  it("are small: half of the files have at most 100 lines, nine in ten at most 300", () => {
    const lengths = sources
      .map((path) => readFileSync(path, "utf8").split("\n").length)
      .sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(100);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(300);
  });

  it("are named in kebab-case, and not after what they happen to collect", () => {
    const odd = sources.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/.test(basename(path)));
    const vague = sources.filter((path) => /\b(utils?|helpers?|common|manager|misc)\b/.test(path));
    expect([...odd, ...vague]).toEqual([]);
  });

  it("name no path of a machine and no registry", () => {
    const leaks = sources.filter((path) =>
      /registry\.npmjs|pypi\.org|["'`/ ](work|home\/\w+)\//.test(readFileSync(path, "utf8")),
    );
    expect(leaks).toEqual([]);
  });
});
