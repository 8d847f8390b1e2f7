import { RawJson, encodeJson, isDeeperThan, type JsonObject, type JsonValue } from "@notemill/json";
import type { RunEvent } from "@notemill/executor";
import { boundedFailure } from "./bounded-failure.ts";

/** An event of an attempt as the server and the record get it. */
export interface WireEvent {
  readonly kind: string;
  /** ISO 8601. */
  readonly at: string;
  readonly data: RawJson;
}

/** What the executor calls the run is an attempt here. */
const KINDS: Readonly<Record<string, string>> = {
  "run-started": "attempt-started",
  "run-warned": "attempt-warned",
  "run-finished": "attempt-finished",
};

/** Most characters of one output in an event, encoded; the output notebook has it whole. */
const MAX_OUTPUT = 100_000;

/** Most levels of an output in an event: what it is sent in has some more, and a server reads five hundred. */
const MOST_LEVELS = 400;

/** Characters of a longer piece of a stream that an event has; encoded they are six times as many at most. */
const PIECE = 16_000;

/** Characters of streams that are whole in events, of one cell and of an attempt. Of what comes then each event has the end. */
const MAX_OF_CELL = 2_000_000;
const MAX_OF_ATTEMPT = 20_000_000;
const END = 4000;

/**
 * Makes what turns events of the executor into those of the attempt.
 *
 * A piece of a stream that is too long for an event becomes several, so that who watches sees it; a cell, or an
 * attempt, that prints on and on is shown by the ends of its pieces, with `omitted_length`. Other outputs that are
 * too long, or nested too deep, are named only.
 */
export function createWireForm(): (event: RunEvent, at: Date) => readonly WireEvent[] {
  const ofCells = new Map<string, number>();
  let ofAttempt = 0;
  return (event, at) => {
    if (event.type === "run-finished" && event.failure !== undefined)
      return [wireEvent({ ...event, failure: boundedFailure(event.failure) }, at)];
    if (event.type !== "cell-output") return [wireEvent(event, at)];
    const whole = wireEvent(event, at);
    const { length } = whole.data.text;
    const { cell_id: cellId, output } = event;
    if (output.output_type !== "stream")
      return [isFit(whole.data.text) ? whole : { ...whole, data: named(event, length) }];
    const { text } = output;
    const ofCell = (ofCells.get(cellId) ?? 0) + text.length;
    ofCells.set(cellId, ofCell);
    ofAttempt += text.length;
    if (text.length > END && (ofCell > MAX_OF_CELL || ofAttempt > MAX_OF_ATTEMPT))
      return [{ ...whole, data: endOf(event, text) }];
    if (length <= MAX_OUTPUT) return [whole];
    return pieces(text).map((piece) => wireEvent({ ...event, output: { ...output, text: piece } }, at));
  };
}

function wireEvent(event: RunEvent, at: Date): WireEvent {
  const { type, ...data } = event;
  return {
    kind: KINDS[type] ?? type,
    at: at.toISOString(),
    data: new RawJson(encodeJson(data as unknown as JsonValue)),
  };
}

function isFit(text: string): boolean {
  return text.length <= MAX_OUTPUT && !isDeeperThan(text, MOST_LEVELS);
}

type CellOutput = Extract<RunEvent, { type: "cell-output" }>;

function named({ cell_id, cell_index, output }: CellOutput, length: number): RawJson {
  return data({ cell_id, cell_index, output: { output_type: output.output_type }, omitted_length: length });
}

/** The end of a text that is longer, from where a line begins, if one does. */
function endOf({ cell_id, cell_index, output }: CellOutput, text: string): RawJson {
  const most = text.length - END;
  const line = text.slice(most, -1).indexOf("\n") + 1;
  const start = line > 0 ? most + line : behindHalf(text, most);
  return data({
    cell_id,
    cell_index,
    output: { ...output, text: text.slice(start) },
    omitted_length: start,
  });
}

function data(fields: JsonObject): RawJson {
  return new RawJson(encodeJson(fields));
}

/** Splits a text behind ends of lines where they are near enough. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length;) {
    const most = start + PIECE;
    const line = text.lastIndexOf("\n", most - 1) + 1;
    const end = most >= text.length ? text.length : line > start ? line : beforeHalf(text, most);
    found.push(text.slice(start, end));
    start = end;
  }
  return found;
}

/** The nearest places that do not tear the two halves of a character apart. */
function beforeHalf(text: string, at: number): number {
  return isSecondHalf(text, at) ? at - 1 : at;
}

function behindHalf(text: string, at: number): number {
  return isSecondHalf(text, at) ? at + 1 : at;
}

function isSecondHalf(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
