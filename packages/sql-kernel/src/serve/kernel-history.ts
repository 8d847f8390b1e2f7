import type { JsonObject, JsonValue } from "@notemill/json";

/** Number of the only session that a kernel remembers: its own. */
const SESSION = 1;

/** The cells that this kernel has executed, for as long as it lives. */
export class KernelHistory {
  readonly #inputs: string[] = [];

  /** Number of the last cell. */
  get count(): number {
    return this.#inputs.length;
  }

  /** @returns The number of this cell, from 1. */
  add(input: string): number {
    return this.#inputs.push(input);
  }

  /** Finds what a `history_request` asks for. */
  find(query: JsonObject): readonly JsonValue[] {
    const entries = this.#inputs.map((input, index) => ({ line: index + 1, input }));
    const found = entries.filter(({ line, input }) => matches(query, line, input));
    const wanted = typeof query["n"] === "number" ? query["n"] : found.length;
    const last = query["hist_access_type"] === "range" || wanted <= 0 ? found : found.slice(-wanted);
    const hasOutput = query["output"] === true;
    return last.map(({ line, input }) => [SESSION, line, hasOutput ? [input, null] : input]);
  }
}

function matches(query: JsonObject, line: number, input: string): boolean {
  const { hist_access_type: kind, start, stop, pattern } = query;
  if (kind === "range") {
    return (
      line >= (typeof start === "number" ? start : 0) && line < (typeof stop === "number" ? stop : Infinity)
    );
  }
  return kind !== "search" || typeof pattern !== "string" || globMatches(pattern, input);
}

/** `*` stands for any text and `?` for one character. */
function globMatches(pattern: string, text: string): boolean {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === "*") return "[^]*";
    return part === "?" ? "[^]" : part.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "u").test(text);
}
