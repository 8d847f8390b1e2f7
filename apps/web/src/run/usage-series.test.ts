import { expect, it } from "vitest";
import { usageSeries } from "./usage-series.ts";

it("says how many processors were busy within each span", () => {
  const samples = { every_ms: 500, memory_bytes: [10, 30, 20], cpu_seconds: [0.25, 1.25, 1.25] };
  expect(usageSeries(samples)).toEqual({ everySeconds: 0.5, memoryBytes: [10, 30, 20], cpus: [0.5, 2, 0] });
});

it.each([
  null,
  undefined,
  { every_ms: 500, memory_bytes: [], cpu_seconds: [] },
  { every_ms: 500, memory_bytes: [1, 2], cpu_seconds: [1, 2] },
])("makes no line of %j", (samples) => {
  expect(usageSeries(samples)).toBeNull();
});
