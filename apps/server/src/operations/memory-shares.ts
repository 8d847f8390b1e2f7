import type { ServerStatus } from "@notemill/api";

const MIB = 2 ** 20;

/** The sizes that people choose from, in bytes. */
const SIZES = [256, 512, 1024, 2048, 4096, 8192, 16_384].map((it) => it * MIB);

/** What runs took of memory, as one can choose a size by; null for no runs. */
export function memoryShares(peaks: readonly number[]): ServerStatus["memory"] {
  const sorted = peaks.toSorted((a, b) => a - b);
  const most = sorted.at(-1);
  if (most === undefined) return null;
  const shares = SIZES.map((bytes) => ({
    bytes,
    share: sorted.filter((it) => it <= bytes).length / sorted.length,
  }));
  // Sizes that all runs fit say nothing more, once one of them is there.
  const first = shares.findIndex(({ share }) => share === 1);
  return {
    runs: sorted.length,
    median_bytes: sorted[Math.floor((sorted.length - 1) / 2)] ?? most,
    most_bytes: most,
    fits: first < 0 ? shares : shares.slice(0, first + 1),
  };
}
