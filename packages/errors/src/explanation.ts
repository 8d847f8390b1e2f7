/**
 * Finds what the reference of errors says of a code: what it means, and what to do.
 *
 * @param reference - `docs/reference/errors.md`.
 * @returns Sentences, each on a line, with code in backticks; empty where the code has no section.
 */
export function explanationOf(reference: string, code: string): string {
  const lines = reference.split(/\r?\n/);
  const start = lines.indexOf(`### ${code}`) + 1;
  if (start === 0) return "";
  const length = lines.slice(start).findIndex((line) => line.startsWith("#"));
  const section = lines.slice(start, length < 0 ? undefined : start + length).join("\n");
  // Links lead to other pages of the documentation, which are not at hand.
  return section.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").trim();
}

/** The codes that the reference of errors has a section for, in its order. */
export function explainedCodes(reference: string): readonly string[] {
  return [...reference.matchAll(/^### ([A-Z][A-Z0-9_]+)$/gm)].map(([, code = ""]) => code);
}
