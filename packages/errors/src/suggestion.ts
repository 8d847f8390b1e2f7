/** What to add to the message about a word that is not known: the known word that was probably meant, if one is close. */
export function suggestion(word: string, known: readonly string[]): string {
  // Names that somebody types are shorter, and to compare takes the product of both lengths.
  if (word.length > LONGEST) return "";
  const [best] = known
    .filter((it) => it.length <= LONGEST)
    .map((it) => ({ it, distance: it.startsWith(word) && word.length > 2 ? 0 : editDistance(word, it) }))
    .filter(({ it, distance }) => distance <= mostSlips(word, it))
    .sort((a, b) => a.distance - b.distance);
  return best === undefined || lettersOf(word) < 2 ? "" : `; did you mean ${best.it}?`;
}

/** How many slips are taken for one word: a third of its letters, and one more of those that begin alike, as alfa for alpha. */
function mostSlips(word: string, known: string): number {
  const third = lettersOf(known) / 3;
  return Math.max(1, word[0] === known[0] ? Math.round(third) : Math.floor(third));
}

/** The longest word that is compared. */
const LONGEST = 100;

function lettersOf(word: string): number {
  return word.replace(/^-+/, "").length;
}

/** How many letters must be added, left out, replaced or swapped with their neighbour to make one word the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const at = (line: readonly number[], index: number): number => line[index] ?? Infinity;
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? Infinity;
}
