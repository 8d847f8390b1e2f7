import type { ServerStatus } from "@notemill/api";

const MIB = 2 ** 20;

/** The sizes that a form offers, in bytes. */
export const SIZES: readonly number[] = [256, 512, 1024, 2048, 4096, 8192, 16_384].map((it) => it * MIB);

/** Of fewer runs nothing is said: the next one may take far more. */
const FEWEST_RUNS = 5;

/** A share of runs that is nearly all. */
const MOST = 0.95;

/** What a form says of a size, and which one it offers in its place. */
export interface SizeAdvice {
  readonly text: string;
  readonly offer: { readonly bytes: number; readonly label: string } | null;
}

/**
 * Says how many of the last runs of a notebook fit a size, and offers the next one where some did not.
 *
 * @param size - In bytes; null for no limit.
 * @param memory - What the runs of the notebook took; null where nobody knows.
 */
export function sizeAdvice(size: number | null, memory: ServerStatus["memory"]): SizeAdvice {
  if (memory === null) return { text: "", offer: null };
  if (memory.runs < FEWEST_RUNS) return { text: tooFew(memory.runs), offer: null };
  const shareOf = (bytes: number): number => memory.fits.findLast((it) => it.bytes <= bytes)?.share ?? 0;
  const words = (bytes: number): string =>
    `${percent(shareOf(bytes))} of the last ${memory.runs} runs of this notebook fit`;
  if (size === null) {
    const enough = SIZES.find((bytes) => shareOf(bytes) >= MOST);
    if (enough === undefined) return { text: "Every run fits.", offer: null };
    const text = `Every run fits; ${words(enough)} ${sizeText(enough)}.`;
    return { text, offer: { bytes: enough, label: `Take ${sizeText(enough)}` } };
  }
  const next = SIZES.find((bytes) => bytes > size);
  const isEnough = shareOf(size) === 1 || next === undefined;
  return {
    text: `${words(size)}.`,
    offer: isEnough
      ? null
      : { bytes: next, label: `Take ${sizeText(next)}, which ${percent(shareOf(next))} fit` },
  };
}

function tooFew(runs: number): string {
  return `How much it takes is known of ${runs === 1 ? "1 run" : `${runs} runs`} of this notebook alone: too few to say what is enough.`;
}

/** A size as `512 MiB` or `2 GiB`. */
export function sizeText(bytes: number): string {
  const mebibytes = Math.round(bytes / MIB);
  return mebibytes < 1024 ? `${mebibytes} MiB` : `${Math.round(mebibytes / 102.4) / 10} GiB`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
