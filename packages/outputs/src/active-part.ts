import type { Output } from "@notemill/nbformat";
import { RawJson } from "@notemill/json";

/** A part of an output that is shown by a program, in a frame of its own. */
export interface ActivePart {
  /** The program. */
  readonly frame: "html" | "plotly" | "vega";
  /** What a reader calls it. */
  readonly name: string;
  readonly mimeType: string;
  readonly text: string;
}

/** The richest part of an output that needs a program; `undefined` where it is static. */
export function activePart(output: Output): ActivePart | undefined {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return undefined;
  const found = Object.entries(output.data).flatMap(([mimeType, value]) => {
    const kind = kindOf(mimeType);
    const text = value instanceof RawJson ? value.text : value;
    if (kind === undefined || typeof text !== "string") return [];
    if (mimeType === "text/html" && !ACTIVE.test(text.slice(0, MOST_LOOKED_AT))) return [];
    return [{ ...kind, mimeType, text }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ rank: _rank, ...part }) => part)[0];
}

/** What only a browser that runs it shows whole: elements that do something, and handlers. */
const ACTIVE =
  /<(?:script|iframe|object|embed|form|input|button|select|canvas|video|audio)\b|<[^<>]{0,4000}\son[a-z]+\s*=/i;

/** So much of a text is looked at, in UTF-16 units. */
const MOST_LOOKED_AT = 4 * 2 ** 20;

interface Kind extends Pick<ActivePart, "frame" | "name"> {
  /** The least is shown. */
  readonly rank: number;
}

function kindOf(mimeType: string): Kind | undefined {
  if (/^application\/vnd\.vega\.v\d/.test(mimeType)) return { rank: 0, frame: "vega", name: "Vega chart" };
  if (/^application\/vnd\.vegalite\.v\d/.test(mimeType))
    return { rank: 0, frame: "vega", name: "Vega-Lite chart" };
  return Object.hasOwn(KINDS, mimeType) ? KINDS[mimeType] : undefined;
}

const SCRIPT: Kind = { rank: 3, frame: "html", name: "script" };

const KINDS: Readonly<Record<string, Kind>> = {
  "application/vnd.plotly.v1+json": { rank: 1, frame: "plotly", name: "Plotly chart" },
  "text/vnd.plotly.v1+html": { rank: 2, frame: "html", name: "Plotly chart" },
  "text/html": { rank: 2, frame: "html", name: "HTML" },
  "application/javascript": SCRIPT,
  "text/javascript": SCRIPT,
};
