const LONGEST = 80;

/** Makes a name of letters, digits and single hyphens of a text, in any script. */
export function slugOf(text: string): string {
  const words = decoded(text)
    .toWellFormed()
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}_]+/gu);
  return [...(words ?? []).join("-")].slice(0, LONGEST).join("");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
