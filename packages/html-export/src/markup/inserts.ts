/**
 * Markup of our own making, such as formulas, that must not pass through the
 * sanitiser: a mark stands in its place meanwhile.
 *
 * A mark is made of two Unicode noncharacters around a number. Text from a
 * notebook must lose its own noncharacters before marks are put in, with
 * {@link withoutMarks}. Only marks in text are filled: in an attribute the
 * markup could end the attribute.
 */
export interface Inserts {
  /** Keeps `html` and gives the mark that stands for it. */
  add(html: string): string;
  /** Puts the markup back into text, and escapes what is around it. */
  fill(text: string, escape: (text: string) => string): string;
}

/** Makes an empty {@link Inserts}. */
export function createInserts(): Inserts {
  const kept: string[] = [];
  return {
    add: (html) => `\ufdd0${kept.push(html) - 1}\ufdd1`,
    fill(text, escape) {
      if (!text.includes("\ufdd0")) return escape(text);
      return text
        .split(/\ufdd0(\d{1,9})\ufdd1/)
        .map((part, index) => (index % 2 === 0 ? escape(part) : (kept[Number(part)] ?? "")))
        .join("");
    },
  };
}

/** Replaces the characters that marks are made of. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/\p{Noncharacter_Code_Point}/gu, "\ufffd");
}
