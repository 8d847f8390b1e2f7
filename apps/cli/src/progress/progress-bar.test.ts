import { describe, expect, it } from "vitest";
import { createProgressBar } from "./progress-bar.ts";

/** What a bar writes while `steps` cells take a second each. */
function trace(isTerminal: boolean, steps: number, total = 4): string[] {
  const written: string[] = [];
  let now = 0;
  const bar = createProgressBar({
    write: (text) => written.push(text),
    isTerminal,
    columns: 60,
    now: () => now,
    total,
    unit: "cell",
    label: "Executing",
  });
  for (let step = 0; step < steps; step++) {
    now += 1000;
    bar.advance();
  }
  bar.end();
  return written;
}

describe("progress bar", () => {
  it("is redrawn in place on a terminal", () => {
    const written = trace(true, 2);
    expect(written[0]).toMatch(/^\rExecuting: {3}0%\| +\| 0\/4 \[00:00<\?, \? cell\/s\]$/);
    expect(written[2]).toMatch(/^\rExecuting: {2}50%\|█+ +\| 2\/4 \[00:02<00:02, 1\.00 cell\/s\]$/);
    expect(written.at(-1)).toBe("\n");
  });

  it("says plainly that it is done, once, where there is no terminal", () => {
    expect(trace(false, 4)).toEqual(["Executing: 100% 4/4 [00:04<00:00, 1.00 cell/s]\n"]);
  });

  it("says how far it came when it ends early", () => {
    expect(trace(false, 1)).toEqual(["Executing:  25% 1/4 [00:01<00:03, 1.00 cell/s]\n"]);
  });
});
