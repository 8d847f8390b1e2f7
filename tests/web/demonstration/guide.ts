import { readFileSync } from "node:fs";

/** What a page says that can be done and seen, to compare with what was. */
export interface Guide {
  /** What is pressed: words in italics. */
  readonly labels: readonly string[];
  /** The lines of its shell blocks. */
  readonly commands: readonly string[];
  /** The lines of its other blocks: what is printed or mailed. An ellipsis stands for anything. */
  readonly lines: readonly string[];
  /** The names of its pictures. */
  readonly pictures: readonly string[];
}

/** Reads a page. */
export function readGuide(path: string): Guide {
  const text = readFileSync(path, "utf8");
  const blocks = [...text.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, language = "", block = ""]) => ({
    language,
    lines: block.split("\n").filter((line) => line !== ""),
  }));
  const prose = text.replaceAll(/```[\s\S]*?```|`[^`]*`/g, "");
  const of = (language: string): readonly string[] =>
    blocks.flatMap((block) => (block.language === language ? block.lines : []));
  return {
    labels: unique([...prose.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(([, label = ""]) => label)),
    commands: of("sh"),
    lines: of(""),
    pictures: unique([...prose.matchAll(/images\/([\w-]+)\.png/g)].map(([, name = ""]) => name)),
  };
}

/** Whether a text has this line of a guide. */
export function hasLine(text: string, line: string): boolean {
  const parts = line.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".*")).test(text);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}
