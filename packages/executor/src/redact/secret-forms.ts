/** A secret that must not be seen. */
export interface KnownSecret {
  readonly name: string;
  readonly text: string;
}

/** Shorter forms than this would be found in text that has nothing to do with a secret. */
const SHORTEST = 6;

/** A line of a secret of several lines that counts alone. */
const SHORTEST_LINE = 12;

/**
 * The forms in which a secret may turn up in output: as it is, escaped as JSON,
 * HTML, URLs and shells do, in hexadecimal, and in base64 with whatever is around
 * it. Longest first.
 */
export function secretForms(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const parts = [
    text,
    text.trim(),
    ...(lines.length > 1 ? lines.filter((it) => it.length >= SHORTEST_LINE) : []),
  ];
  const forms = parts.flatMap((part) => [part, ...escapedForms(part), ...encodedForms(part)]);
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

function escapedForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text);
  return [
    json,
    json.replaceAll('\\"', '"'),
    json.replaceAll("'", "\\'").replaceAll('\\"', '"'),
    // A traceback in JSON in JSON.
    JSON.stringify(json).slice(1, -1),
    asciiOnly(json),
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#x27;"),
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;"),
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", `'"'"'`),
    ...urlForms(url),
  ];
}

function urlForms(url: string): readonly string[] {
  // What `encodeURIComponent` leaves, others do not, and the other way round.
  const strict = url.replaceAll(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const all = [url, strict, strict.replaceAll("%2F", "/"), strict.replaceAll("%7E", "~")];
  const plus = all.map((it) => it.replaceAll("%20", "+"));
  return [...all, ...plus].flatMap((it) => [it, it.replaceAll(/%[\dA-F]{2}/g, (hex) => hex.toLowerCase())]);
}

/** As Python's `json.dumps` writes it. */
function asciiOnly(json: string): string {
  return json.replaceAll(/[^\p{ASCII}]/gu, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

function encodedForms(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((before) => base64Forms(bytes, before))];
}

/**
 * The part of a base64 text that only the secret decides, where `before` bytes of
 * something else are in front of it in its group of three.
 */
function base64Forms(bytes: Uint8Array, before: number): readonly string[] {
  const padded = new Uint8Array(before + bytes.length);
  padded.set(bytes, before);
  const binary = Array.from(padded, (byte) => String.fromCharCode(byte)).join("");
  const from = Math.ceil((before * 8) / 6);
  const to = Math.floor((padded.length * 8) / 6);
  const core = btoa(binary).slice(from, to);
  return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
}
