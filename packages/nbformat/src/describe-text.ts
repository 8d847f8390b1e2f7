/**
 * Says what text that is not JSON looks like, and what to do about it.
 *
 * @param offset - Where the text stops being JSON.
 * @returns `undefined` when it looks like JSON with a fault.
 */
export function describeText(text: string, offset: number): string | undefined {
  const start = text.slice(0, 4096).trimStart();
  if (start === "") return text.trim() === "" ? "the file is empty" : undefined;
  if (start.startsWith("\0")) return "it begins with NUL characters, as after a crash of the machine";
  const likeness = LOOKS.find(([pattern]) => pattern.test(start));
  if (likeness) return likeness[1];
  if (!/^\ufeff?\s*\{/.test(start)) return undefined;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  if (CONFLICT.test(text.slice(lineStart, lineStart + 8))) return "it holds conflict markers of a Git merge";
  if (offset >= text.trimEnd().length) return "it ends in the middle, as if cut off";
  return undefined;
}

const CONFLICT = /^(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)/;

const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/^version https:\/\/git-lfs/, "it is a Git LFS pointer, fetch the file with `git lfs pull`"],
  [/^(?:<!doctype html|<html|<head|<body)/i, "it looks like HTML, perhaps a page shown in place of the file"],
  [/^<\?xml|^<Error>/, "it looks like XML"],
  [CONFLICT, "it holds conflict markers of a Git merge"],
  [
    /^#!|^# %%|^(?:from \w[\w.]* import |import \w|def \w|class \w|@\w|"""|'''|%%?\w)/,
    "it looks like a script",
  ],
  [/^---\s*\n/, "it looks like Markdown or YAML, which Jupytext turns into a notebook"],
  [/^# /, "it looks like a script or Markdown"],
];
