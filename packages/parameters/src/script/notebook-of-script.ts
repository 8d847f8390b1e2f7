import type { JsonObject } from "@notemill/json";
import type { Cell, Notebook } from "@notemill/nbformat";
import { inferParameters } from "../infer/infer-parameters.ts";
import { SCRIPT_FORMS, type ScriptForm, type ScriptLanguage } from "./script-language.ts";
import { type ScriptPart, splitScript } from "./split-script.ts";

/** A script that is to be run. */
export interface Script {
  readonly language: ScriptLanguage;
  readonly source: string;
  /** The kernel in place of the language's. */
  readonly kernelName?: string | undefined;
}

/**
 * Makes the notebook document of a script: its cells, and the kernel it runs in.
 *
 * Cells are what the markers of `splitScript` make of it, else the whole script is
 * one. Where no cell is tagged `parameters`, the first cell of code is tagged if it
 * does nothing but declare parameters; without markers it is the first paragraph
 * that counts, which becomes a cell of its own. The same script gives the same
 * document.
 */
export function notebookOfScript({ language, source, kernelName }: Script): Notebook {
  const form = SCRIPT_FORMS[language];
  const kernel = kernelName ?? form.kernelName;
  const { parts, isMarked } = splitScript(source, form.comment);
  const cut = isMarked ? parts : parts.flatMap((part) => splitFirstParagraph(part, form));
  const cells = tagParameters(cut, form).map(toCell);
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: kernel, language: form.languageName, name: kernel },
      language_info: { name: form.languageName },
      notemill: { script: { language } },
    },
    cells,
  };
}

/** Gives the paragraph that declares parameters a part of its own, where the first one does. */
function splitFirstParagraph(part: ScriptPart, form: ScriptForm): readonly ScriptPart[] {
  const lines = part.source.split("\n");
  const isCode = (line: string): boolean => line.trim() !== "" && !isComment(line, form);
  const first = lines.findIndex(isCode);
  const length = first < 0 ? -1 : lines.slice(first).findIndex((line) => line.trim() === "");
  if (length < 0) return [part];
  const head = lines.slice(0, first + length).join("\n");
  const rest = lines
    .slice(first + length)
    .join("\n")
    .trim();
  if (rest === "" || !declaresOnly(head, form)) return [part];
  return [
    { ...part, source: head },
    { ...part, source: rest },
  ];
}

function tagParameters(parts: readonly ScriptPart[], form: ScriptForm): readonly ScriptPart[] {
  if (parts.some(({ tags }) => tags.includes("parameters"))) return parts;
  const first = parts.findIndex(({ kind }) => kind === "code");
  const found = parts[first];
  if (found === undefined || !declaresOnly(found.source, form)) return parts;
  return parts.with(first, { ...found, tags: [...found.tags, "parameters"] });
}

/** Whether every line of code declares a parameter. */
function declaresOnly(source: string, form: ScriptForm): boolean {
  const lines = source.split("\n").filter((line) => line.trim() !== "" && !isComment(line, form));
  const cell = toCell({ kind: "code", tags: ["parameters"], source }, 0);
  const parameters = inferParameters({ cells: [cell] }, { language: form.languageName });
  return lines.length > 0 && parameters.length === lines.length;
}

function isComment(line: string, { comment }: ScriptForm): boolean {
  return line.trimStart().startsWith(comment);
}

function toCell({ kind, tags, source }: ScriptPart, index: number): Cell {
  const id = `script-${index + 1}`;
  const metadata: JsonObject = tags.length === 0 ? {} : { tags };
  if (kind !== "code") return { cell_type: kind, id, metadata, source };
  return { cell_type: "code", id, metadata, source, execution_count: null, outputs: [] };
}
