import { expect, it } from "vitest";
import { memoryShares } from "./memory-shares.ts";

const MIB = 2 ** 20;

it("says which share of the runs fits which size, up to the first that all fit", () => {
  expect(memoryShares([700, 100, 200, 300].map((it) => it * MIB))).toEqual({
    runs: 4,
    median_bytes: 200 * MIB,
    most_bytes: 700 * MIB,
    fits: [
      { bytes: 256 * MIB, share: 0.5 },
      { bytes: 512 * MIB, share: 0.75 },
      { bytes: 1024 * MIB, share: 1 },
    ],
  });
  expect(memoryShares([])).toBeNull();
});
