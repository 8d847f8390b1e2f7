import type { Row } from "../driver/driver.ts";
import { type ParseValue, parserOf } from "./parse-value.ts";

/** What a statement gives, by the number of its type. */
export interface Column {
  readonly name: string;
  readonly type: number;
}

/** What somebody has said on a channel. */
export interface Notification {
  readonly channel: string;
  readonly payload: string;
}

/** What the database said to one statement. */
export interface Answer {
  readonly rows: readonly Row[];
  readonly notifications: readonly Notification[];
  /** Null where all went well. */
  readonly error: AnsweredError | null;
}

/** What was wrong with a statement. */
export interface AnsweredError {
  readonly message: string;
  readonly sqlState: string | null;
  readonly detail: string | null;
}

const DATA_ROW = 0x44;
const ERROR = 0x45;
const NOTIFICATION = 0x41;

/** Reads the messages of an answer. */
export function readAnswer(bytes: Buffer, columns: readonly Column[]): Answer {
  const parsed = columns.map(({ name, type }) => ({ name, parse: parserOf(type) }));
  const rows: Row[] = [];
  const notifications: Notification[] = [];
  let error: AnsweredError | null = null;
  for (let at = 0; at < bytes.byteLength;) {
    const kind = bytes[at];
    const body = at + 5;
    at += 1 + bytes.readInt32BE(at + 1);
    if (kind === DATA_ROW) rows.push(readRow(bytes, body, parsed));
    else if (kind === ERROR) error ??= readError(bytes, body);
    else if (kind === NOTIFICATION) notifications.push(readNotification(bytes, body));
  }
  return { rows, notifications, error };
}

interface ParsedColumn {
  readonly name: string;
  readonly parse: ParseValue;
}

function readRow(bytes: Buffer, start: number, columns: readonly ParsedColumn[]): Row {
  const row: Record<string, unknown> = {};
  // Behind the number of values.
  let at = start + 2;
  for (const { name, parse } of columns) {
    const size = bytes.readInt32BE(at);
    at += 4;
    if (size < 0) {
      row[name] = null;
      continue;
    }
    row[name] = parse(bytes.toString("utf8", at, at + size));
    at += size;
  }
  return row;
}

/** Parts, each with a letter before it and a zero behind it, and a zero at the end. */
function readError(bytes: Buffer, start: number): AnsweredError {
  const parts = new Map<string, string>();
  for (let at = start; bytes[at] !== 0;) {
    const end = bytes.indexOf(0, at + 1);
    parts.set(String.fromCharCode(bytes[at] ?? 0), bytes.toString("utf8", at + 1, end));
    at = end + 1;
  }
  return { message: parts.get("M") ?? "", sqlState: parts.get("C") ?? null, detail: parts.get("D") ?? null };
}

function readNotification(bytes: Buffer, start: number): Notification {
  // Behind the number of a process.
  const channel = start + 4;
  const end = bytes.indexOf(0, channel);
  const payload = bytes.toString("utf8", end + 1, bytes.indexOf(0, end + 1));
  return { channel: bytes.toString("utf8", channel, end), payload };
}
