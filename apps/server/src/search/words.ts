/** The most words that are kept of a file. */
const MOST_WORDS = 5000;

/** The longest word that is kept, in UTF-16 units. */
const LONGEST_WORD = 64;

/** The highest place that the database keeps of a word. */
const LAST_PLACE = 16_383;

/** Splits text into words: runs of letters and digits of any script, without regard to case. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).map((word) => word.slice(0, LONGEST_WORD));
}

/** Texts that a file is found by, what counts most first. */
export interface WeightedTexts {
  readonly A: string;
  readonly B: string;
  readonly C: string;
}

/**
 * Writes the words of a file as the database reads them, each once with the most that it counts.
 *
 * The database's own parser is left out: what it takes for a letter depends on how it was set up.
 */
export function wordVector(texts: WeightedTexts): string {
  const places = new Map<string, string>();
  for (const weight of ["A", "B", "C"] as const) {
    for (const word of wordsOf(texts[weight])) {
      if (places.size >= MOST_WORDS) break;
      if (!places.has(word)) places.set(word, `${Math.min(places.size + 1, LAST_PLACE)}${weight}`);
    }
  }
  return [...places].map(([word, place]) => `'${word}':${place}`).join(" ");
}

/**
 * Writes a query for files that have all these words, or words that begin with them; null where there is no word.
 *
 * @param weight - `A`: in their names and titles. Default: anywhere.
 */
export function wordQuery(text: string, weight: "A" | "" = ""): string | null {
  const words = [...new Set(wordsOf(text))].slice(0, 20);
  return words.length === 0 ? null : words.map((word) => `'${word}':*${weight}`).join(" & ");
}
