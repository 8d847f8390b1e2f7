import type { SqlValue } from "../driver/driver.ts";

/** The values of a statement as a message has them, in memory of its own, which can be given to a thread. */
export function valuesMessage(values: readonly SqlValue[]): Uint8Array<ArrayBuffer> {
  const texts = values.map(toText);
  const sizes = texts.map((text) => (text === null ? 0 : Buffer.byteLength(text)));
  const size = sizes.reduce((sum, it) => sum + 4 + it, 2 + 2 + 2);
  const message = Buffer.allocUnsafeSlow(size);
  // No formats: text.
  let at = message.writeUInt16BE(0, 0);
  at = message.writeUInt16BE(texts.length, at);
  for (const [index, text] of texts.entries()) {
    at = message.writeInt32BE(text === null ? -1 : (sizes[index] ?? 0), at);
    if (text !== null) at += message.write(text, at);
  }
  message.writeUInt16BE(0, at);
  return message;
}

/** The message that gives a prepared statement its {@link valuesMessage}; the types are the statement's. */
export function bindMessage(statement: string, values: Uint8Array): Buffer {
  const size = 4 + 1 + statement.length + 1 + values.byteLength;
  const message = Buffer.allocUnsafe(1 + size);
  let at = message.write("B", 0, "latin1");
  at = message.writeInt32BE(size, at);
  // The portal has no name.
  at = message.writeUInt8(0, at);
  at += message.write(statement, at, "latin1");
  at = message.writeUInt8(0, at);
  message.set(values, at);
  return message;
}

/** A value as Postgres reads it. */
function toText(value: SqlValue): string | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(toElement).join(",")}}`;
  return String(value);
}

function toElement(value: string | number | null): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return `"${value}"`;
  const text = value.includes("\\") ? value.replaceAll("\\", "\\\\") : value;
  return `"${text.includes('"') ? text.replaceAll('"', '\\"') : text}"`;
}
