import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "../command-line/command.ts";

/**
 * Whether to write colours to a stream: it is a terminal, and neither `NO_COLOR`
 * (https://no-color.org) nor `TERM=dumb` says otherwise. `FORCE_COLOR` decides before both.
 */
export function usesColour({ env }: Terminal, stream: { readonly isTTY?: boolean }): boolean {
  if (env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0") return true;
  return stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

/** Makes text fit for a stream: without escape sequences, those of a traceback too, where no colour is wanted. */
export function textFor(terminal: Terminal, stream: { readonly isTTY?: boolean }): (text: string) => string {
  return usesColour(terminal, stream) ? (text) => text : stripVTControlCharacters;
}
