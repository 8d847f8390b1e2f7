import { expect, it } from "vitest";
import { sizeAdvice, SIZES, sizeText } from "./size-choices.ts";

const [MIB_256 = 0, MIB_512 = 0, GIB = 0] = SIZES;
const memory = (runs: number, shares: readonly number[]) => ({
  runs,
  median_bytes: 1,
  most_bytes: 1,
  fits: shares.map((share, at) => ({ bytes: SIZES[at] ?? 0, share })),
});

it.each([
  [
    MIB_256,
    memory(200, [0.875, 0.96, 1]),
    "87 % of the last 200 runs of this notebook fit.",
    "Take 512 MiB, which 96 % fit",
  ],
  [
    MIB_512,
    memory(200, [0.875, 0.96, 1]),
    "96 % of the last 200 runs of this notebook fit.",
    "Take 1 GiB, which 100 % fit",
  ],
  [GIB, memory(200, [0.875, 0.96, 1]), "100 % of the last 200 runs of this notebook fit.", null],
  // What is larger than all that was said fits as well; what is smaller does not.
  [2 * GIB, memory(200, [0.875, 0.96, 1]), "100 % of the last 200 runs of this notebook fit.", null],
  [
    MIB_256 / 2,
    memory(200, [0.875, 1]),
    "0 % of the last 200 runs of this notebook fit.",
    "Take 256 MiB, which 87 % fit",
  ],
  [
    null,
    memory(200, [0.875, 0.96, 1]),
    "Every run fits; 96 % of the last 200 runs of this notebook fit 512 MiB.",
    "Take 512 MiB",
  ],
  [null, memory(9, [0, 0, 0, 0, 0, 0, 0.5]), "Every run fits.", null],
  [
    MIB_256,
    memory(1, [1]),
    "How much it takes is known of 1 run of this notebook alone: too few to say what is enough.",
    null,
  ],
  [
    null,
    memory(4, [1]),
    "How much it takes is known of 4 runs of this notebook alone: too few to say what is enough.",
    null,
  ],
  [
    null,
    memory(5, [1]),
    "Every run fits; 100 % of the last 5 runs of this notebook fit 256 MiB.",
    "Take 256 MiB",
  ],
  [MIB_256, null, "", null],
])("says of %d bytes how many runs fit, and offers the next size", (size, known, text, label) => {
  const advice = sizeAdvice(size, known);
  expect([advice.text, advice.offer?.label ?? null]).toEqual([text, label]);
});

it("writes sizes in MiB and GiB", () => {
  expect([MIB_512, GIB, 1.5 * GIB].map(sizeText)).toEqual(["512 MiB", "1 GiB", "1.5 GiB"]);
});
