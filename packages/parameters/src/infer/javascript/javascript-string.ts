const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\r": "",
  "\r\n": "",
  "\u2028": "",
  "\u2029": "",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The text of a string or of a template without `${…}`; `undefined` for what is computed or does not end. */
export function readJavaScriptString(literal: string): string | undefined {
  const found = /^(["'`])([\s\S]*)\1$/.exec(literal);
  if (!found) return undefined;
  const [, quote, body = ""] = found;
  if (quote === "`" && /(?<!\\)(?:\\\\)*\$\{/.test(body)) return undefined;
  return unescape(body);
}

function unescape(body: string): string | undefined {
  let sound = true;
  const text = body.replaceAll(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|(\r\n|0\d|[\s\S]?))/g,
    (_whole, hex?: string, short?: string, long?: string, char = "") => {
      const digits = hex ?? short ?? long;
      if (digits !== undefined && Number.parseInt(digits, 16) <= 0x10ffff) {
        return String.fromCodePoint(Number.parseInt(digits, 16));
      }
      if (digits !== undefined || /^(?:[xu1-9]|0\d)?$/.test(char)) sound = false;
      return char === "0" ? "\0" : (SIMPLE[char] ?? char);
    },
  );
  return sound ? text : undefined;
}
