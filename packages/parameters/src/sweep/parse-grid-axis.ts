import type { ParameterValue } from "../parameter-map.ts";
import { ParametersError } from "../parameters-error.ts";
import { parseParameterText } from "../parse-parameter-text.ts";
import { parseParameterYaml } from "../parse-parameter-yaml.ts";
import { expandRange } from "./expand-range.ts";
import type { SweepAxis } from "./grid.ts";
import { DEFAULT_MAX_RUNS, invalidSweep, sweepTooLarge } from "./sweep-error.ts";

/**
 * Reads `NAME=VALUE,VALUE,…`, as `--grid` takes it.
 *
 * A value is typed as that of `-p`; in quotes it is text, commas included; in
 * `[ ]` or `{ }` it is YAML; `START:STOP:STEP` and `START..STOP` stand for all
 * their numbers. No value at all is refused; the empty text is written in quotes.
 *
 * @throws {@link ParametersError} `SWEEP_INVALID`, `SWEEP_TOO_LARGE`.
 */
export function parseGridAxis(text: string, maxRuns = DEFAULT_MAX_RUNS): SweepAxis {
  const equals = text.indexOf("=");
  const name = text.slice(0, equals).trim();
  if (equals < 0 || name === "") {
    throw invalidSweep(`expected NAME=VALUE,VALUE such as "alpha=0.1,0.2", found "${text}"`, { text });
  }
  const list = text.slice(equals + 1);
  if (list.trim() === "") {
    throw invalidSweep(
      `"${text}" gives no values; write ${name}=1,2,3, or ${name}='' in quotes for the empty text`,
      { text },
    );
  }
  const values = splitValues(list, text).flatMap((part) => readPart(part, maxRuns));
  if (values.length > maxRuns) throw sweepTooLarge(values.length, maxRuns);
  return { name, values };
}

function readPart(part: string, maxRuns: number): readonly ParameterValue[] {
  const trimmed = part.trim();
  const quoted = /^(["'])([\s\S]*)\1$/.exec(trimmed);
  if (quoted) return [quoted[2] ?? ""];
  if (/^[[{]/.test(trimmed)) return [readYaml(trimmed)];
  return expandRange(trimmed, maxRuns) ?? [parseParameterText(part)];
}

function readYaml(text: string): ParameterValue {
  try {
    return parseParameterYaml(`value: ${text}`).get("value") ?? null;
  } catch (cause) {
    if (!(cause instanceof ParametersError)) throw cause;
    throw invalidSweep(`"${text}" is no list or mapping as YAML has it`, { text }, cause);
  }
}

/** Splits at commas outside quotes and brackets. */
function splitValues(list: string, text: string): readonly string[] {
  const parts: string[] = [""];
  let open = 0;
  let quote = "";
  for (const char of list) {
    if (char === "," && open === 0 && quote === "") {
      parts.push("");
      continue;
    }
    if (quote !== "") quote = char === quote ? "" : quote;
    // An apostrophe within a word is no quote.
    else if (/["']/.test(char) && (open > 0 || parts.at(-1)?.trim() === "")) quote = char;
    else if ("[{".includes(char)) open += 1;
    else if ("]}".includes(char)) open = Math.max(open - 1, 0);
    parts.push((parts.pop() ?? "") + char);
  }
  if (quote !== "" || open > 0) {
    throw invalidSweep(`a ${quote === "" ? "bracket" : "quote"} in "${text}" is not closed`, { text });
  }
  return parts;
}
