import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";

/** What a notebook says of itself, and what is written in it. */
export interface NotebookFacts {
  /** Of its metadata, else its first heading; empty where there is neither. */
  readonly title: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  /** How it begins, for people. */
  readonly excerpt: string;
  /** What its cells say, outputs aside. */
  readonly text: string;
}

/** The most text of a notebook that is looked at, in UTF-16 units. */
const MOST_TEXT = 400_000;

const LONGEST_EXCERPT = 240;

/** Reads the {@link NotebookFacts} of a notebook. */
export function notebookFacts({ metadata, cells }: Notebook): NotebookFacts {
  const prose = cells.filter((cell) => cell.cell_type === "markdown").map((cell) => cell.source);
  const heading = prose.map((source) => /^#{1,2} +(.+)$/m.exec(source)?.[1]).find((it) => it !== undefined);
  const description = textAt(metadata, "description");
  const paragraph = prose
    .flatMap((source) => source.split(/\n\s*\n/))
    .find((part) => part.trim() !== "" && !/^\s*(?:#|<|!\[|\||```)/.test(part));
  return {
    title: plain(textAt(metadata, "title") || heading || "").slice(0, LONGEST_EXCERPT),
    authors: namesAt(metadata, "authors"),
    tags: [...namesAt(metadata, "tags"), ...namesAt(metadata, "keywords")],
    excerpt: plain(description || paragraph || "").slice(0, LONGEST_EXCERPT),
    text: [description, ...cells.map((cell) => cell.source)].join("\n").slice(0, MOST_TEXT),
  };
}

function textAt(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === "string" ? value : "";
}

/** A list of names, of which some notebooks make objects with a `name`. */
function namesAt(object: JsonObject, key: string): readonly string[] {
  const value: JsonValue | undefined = object[key];
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  return list
    .map((it) => (typeof it === "string" ? it : isJsonObject(it) ? textAt(it, "name") : ""))
    .map((name) => withoutControls(name.slice(0, 200)))
    .filter((name) => name !== "")
    .slice(0, 50);
}

/** The beginning of a text, without the signs of Markdown. */
function plain(markdown: string): string {
  const text = markdown
    .slice(0, 4 * LONGEST_EXCERPT)
    .replaceAll(/!?\[([^\]]{0,500})\]\([^)]{0,500}\)/g, "$1")
    .replaceAll(/[*_`#>~]+/g, "")
    .replaceAll(/\s+/g, " ");
  return withoutControls(text).trim();
}

/** The database takes no zero in a text, and people see none of the others. */
function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "");
}
