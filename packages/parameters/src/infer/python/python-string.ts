const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  '"': '"',
  "'": "'",
  "\\": "\\",
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The text of a string literal; `undefined` for bytes, f-strings, named characters and what does not end. */
export function readPythonString(literal: string): string | undefined {
  const found = /^([a-zA-Z]*)("""|'''|"|')([\s\S]*)$/.exec(literal);
  if (!found) return undefined;
  const [, prefix = "", quote = "", rest = ""] = found;
  if (!rest.endsWith(quote) || /[bBfFtT]/.test(prefix)) return undefined;
  const body = rest.slice(0, rest.length - quote.length).replaceAll(/\r\n?/g, "\n");
  return /[rR]/.test(prefix) ? body : unescape(body);
}

function unescape(body: string): string | undefined {
  let sound = true;
  const text = body.replaceAll(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]?))/g,
    (whole, octal?: string, hex?: string, short?: string, long?: string, char?: string) => {
      const digits = hex ?? short ?? long;
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (digits !== undefined && Number.parseInt(digits, 16) <= 0x10ffff) {
        return String.fromCodePoint(Number.parseInt(digits, 16));
      }
      if (char === undefined || "xuUN".includes(char)) sound = false;
      // An unknown escape keeps its backslash.
      return SIMPLE[char ?? ""] ?? whole;
    },
  );
  return sound ? text : undefined;
}
