import { shellWord } from "@notemill/executor";
import { COMMANDS } from "../commands.ts";
import type { Terminal } from "./command.ts";

/**
 * Puts the command as it was typed, such as `./notemill`, where a hint tells to type `notemill`, so that
 * it can be copied. Where it is found by its name alone, hints stay as they are.
 */
export function asTyped(text: string, { typedAs }: Pick<Terminal, "typedAs">): string {
  return typedAs === undefined ? text : text.replace(HINT, shellWord(typedAs));
}

const NAMES = new Set(Object.keys(COMMANDS).map((name) => name.split(" ")[0]));

/** The name in front of a command; not at the end of a path, nor in front of any other word. */
const HINT = new RegExp(
  String.raw`(?<![\w./-])notemill(?= (?:${[...NAMES, "COMMAND", "--help"].join("|")})\b)`,
  "g",
);
