import { note } from "./note.ts";

/** Text of an output within the limit of its page. */
export interface CutText {
  readonly text: string;
  /** Markup that says what is missing; empty when nothing is. */
  readonly note: string;
}

/** Keeps the beginning and the end of a text that is too long; errors and results stand at the end. */
export function cutText(text: string, limit: number): CutText {
  if (text.length <= limit) return { text, note: "" };
  const head = Math.ceil(limit * 0.75);
  const tail = limit - head;
  const gap = `\n\n⋯ ${counted(text.length - limit)} characters are left out here ⋯\n\n`;
  return {
    text: `${text.slice(0, head)}${gap}${tail === 0 ? "" : text.slice(-tail)}`.toWellFormed(),
    note: note(`Only ${counted(limit)} of ${counted(text.length)} characters of this output are shown.`),
  };
}

/** Keeps the beginning of markup that is too long; the sanitiser closes what is open. */
export function cutMarkup(markup: string, limit: number): CutText {
  if (markup.length <= limit) return { text: markup, note: "" };
  return {
    text: markup.slice(0, limit).toWellFormed(),
    note: note(
      `This output is cut: it has ${counted(markup.length)} characters, and ${counted(limit)} are shown.`,
    ),
  };
}

/** Writes a count with commas between its thousands. */
export function counted(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
