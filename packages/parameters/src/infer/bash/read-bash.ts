import type { ParameterValue } from "../../parameter-map.ts";
import type { Declaration } from "../declaration.ts";
import { declare } from "../declare.ts";
import { simpleTypeSchema } from "../simple-type.ts";
import { commentText } from "../statements.ts";
import { readBashWord } from "./bash-word.ts";

/** `name=` at the start of a line, perhaps behind `export` and the like; an indented line is part of a block. */
const ASSIGNMENT = /^(?:(?:export|readonly|declare|typeset)(?:[ \t]+-[a-zA-Z]+)*[ \t]+)?([A-Za-z_]\w*)=/;
const END = /^[ \t]*(?:;[ \t]*)?(?:#([^\n]*))?(?:\n|$)/;

/**
 * Reads `name=default  # help` out of a Bash cell, arrays included. The default of
 * `name=${name:-default}` is the default in it.
 */
export function readBash(source: string): readonly Declaration[] {
  const declarations: Declaration[] = [];
  let rest = source.replaceAll("\r\n", "\n");
  while (rest !== "") {
    const found = readAssignment(rest);
    if (found) declarations.push(found.declaration);
    // An assignment may go over several lines.
    const lineEnd = rest.indexOf("\n", found ? found.length - 1 : 0);
    rest = lineEnd < 0 ? "" : rest.slice(lineEnd + 1);
  }
  return declarations;
}

function readAssignment(text: string): { declaration: Declaration; length: number } | undefined {
  const start = ASSIGNMENT.exec(text);
  const word = start && readRight(text.slice(start[0].length));
  const end = word && END.exec(text.slice(start[0].length + word.length));
  if (!start || !word || !end) return undefined;
  const [whole, comment = ""] = end;
  const valueStart = start[0].length;
  const finding = {
    comment: commentText(comment),
    defaultText: text.slice(valueStart, valueStart + word.length),
    name: start[1] ?? "",
    value: word.value,
  };
  const length = Math.max(valueStart + word.length + whole.length, 1);
  return { declaration: declare(finding, simpleTypeSchema), length };
}

interface Right {
  readonly value: ParameterValue | undefined;
  readonly length: number;
}

function readRight(text: string): Right | undefined {
  return text.startsWith("(") ? readArray(text) : readBashWord(text);
}

function readArray(text: string): Right | undefined {
  const items: (ParameterValue | undefined)[] = [];
  let at = 1;
  for (;;) {
    at += /^(?:[ \t\n]|#[^\n]*)*/.exec(text.slice(at))?.[0].length ?? 0;
    if (text[at] === ")") break;
    const word = readBashWord(text.slice(at));
    if (!word || word.length === 0) return undefined;
    items.push(word.value);
    at += word.length;
  }
  const values = items.filter((item) => item !== undefined);
  return { length: at + 1, value: values.length === items.length ? values : undefined };
}
