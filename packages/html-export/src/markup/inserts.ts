/**
 * Markup of our own making, such as formulas, that must not pass through the
 * sanitiser: a mark stands in its place meanwhile.
 *
 * A mark is made of two Unicode noncharacters around a number. Text from a
 * notebook must lose its own noncharacters before marks are put in, with
 * {@link withoutMarks}. Only marks in text are filled: one in an attribute, where
 * its markup could end the attribute, is taken away.
 */
export interface Inserts {
  /** Keeps `html` and gives the mark that stands for it. */
  add(html: string): string;
  /** Puts the markup back into text. */
  fill(text: string): string;
}

/** Makes an empty {@link Inserts}. */
export function createInserts(): Inserts {
  const kept: string[] = [];
  return {
    add: (html) => `\ufdd0${kept.push(html) - 1}\ufdd1`,
    fill: (text) =>
      text.includes("\ufdd0")
        ? text.replaceAll(/\ufdd0(\d{1,9})\ufdd1/g, (_mark, index: string) => kept[Number(index)] ?? "")
        : text,
  };
}

/** Replaces the characters that marks are made of. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/\p{Noncharacter_Code_Point}/gu, "\ufffd");
}
