import fc from "fast-check";
import { expect, it } from "vitest";
import { createUsageSampler, type UsageSamples } from "./usage-samples.ts";

/** Samples of looks, each `[atMs, memoryBytes, cpuSeconds]`. */
function samplesOf(looks: readonly (readonly [number, number, number])[], most = 4): UsageSamples {
  const sampler = createUsageSampler({ everyMs: 10, most });
  for (const [at, memoryBytes, cpuSeconds] of looks) sampler.add(at, { memoryBytes, cpuSeconds });
  return sampler.read();
}

it("has the most memory of each span, and the time until its end", () => {
  expect(
    samplesOf([
      [0, 5, 0.1],
      [9, 7, 0.2],
      [10, 6, 0.3],
    ]),
  ).toEqual({ everyMs: 10, memoryBytes: [7, 6], cpuSeconds: [0.2, 0.3] });
});

it("takes what nobody has looked at as it was before", () => {
  expect(
    samplesOf([
      [0, 5, 0.1],
      [31, 7, 0.4],
    ]),
  ).toEqual({ everyMs: 10, memoryBytes: [5, 5, 5, 7], cpuSeconds: [0.1, 0.1, 0.1, 0.4] });
});

it("joins neighbours when there are too many, and keeps the most of both", () => {
  expect(
    samplesOf([
      [0, 9, 1],
      [10, 1, 2],
      [20, 2, 3],
      [30, 3, 4],
      [45, 4, 5],
    ]),
  ).toEqual({ everyMs: 20, memoryBytes: [9, 3, 4], cpuSeconds: [2, 4, 5] });
});

it("has never more than so many, loses no peak, and time does not go back", () => {
  const look = fc.tuple(fc.nat(100_000), fc.nat(1000), fc.nat(1000));
  fc.assert(
    fc.property(fc.array(look, { minLength: 1, maxLength: 100 }), (looks) => {
      const inOrder = looks.toSorted((a, b) => a[0] - b[0]);
      const { memoryBytes, cpuSeconds } = samplesOf(inOrder, 8);
      expect(memoryBytes.length).toBeLessThanOrEqual(8);
      expect(cpuSeconds).toHaveLength(memoryBytes.length);
      expect(Math.max(...memoryBytes)).toBe(Math.max(...inOrder.map(([, memory]) => memory)));
      expect(cpuSeconds).toEqual(cpuSeconds.toSorted((a, b) => a - b));
      expect(cpuSeconds.at(-1)).toBe(Math.max(...inOrder.map(([, , cpu]) => cpu)));
    }),
  );
});
