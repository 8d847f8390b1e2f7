/** How a language reads text in double quotes. */
interface QuotedRules {
  /** Groups: hexadecimal codes in up to three notations, then a single character. */
  readonly escape: RegExp;
  readonly simple: Readonly<Record<string, string>>;
  /** What means something else when it stands there bare. */
  readonly special: RegExp;
}

const C_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Readers of text literals, written from the languages' grammars, for languages whose
 * interpreters cannot be had everywhere. They refuse what the language would run or misread.
 */
export const REFERENCE_READERS: Readonly<Record<string, (expression: string) => string>> = {
  // https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/lexical-structure
  ".net-csharp": quotedReader({
    escape: /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{1,4})|(["\\0abfnrtv']))/y,
    simple: { ...C_ESCAPES, "0": "\0" },
    special: /["\\\r\n\u0085\u2028\u2029]/,
  }),
  // https://fsharp.org/specs/language-spec/ 3.5; `\` and three digits are a decimal code, so neither may come bare.
  ".net-fsharp": quotedReader({
    escape: /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|(["\\abfnrtv']))/y,
    simple: C_ESCAPES,
    special: /["\\\r\n]/,
  }),
  // https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_special_characters
  ".net-powershell": quotedReader({
    escape: /`(?:u\{([\da-fA-F]{1,6})\}|()()([\s\S]))/y,
    simple: { ...C_ESCAPES, "0": "\0", e: "\x1b" },
    special: /["`$\u201C-\u201F]/,
  }),
  // https://docs.julialang.org/en/v1/manual/strings/
  julia: quotedReader({
    escape: /\\(?:u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|x([0-7][\da-fA-F]?)|(["\\$abefnrtv']))/y,
    simple: { ...C_ESCAPES, e: "\x1b" },
    special: /["\\$]/,
  }),
  matlab: readMatlab,
  // https://docs.scala-lang.org/scala3/reference/syntax.html
  scala: quotedReader({
    escape: /\\(?:u([\da-fA-F]{4})|()()(["\\bfnrt']))/y,
    simple: C_ESCAPES,
    special: /["\\\r\n]/,
  }),
};

function quotedReader({ escape, simple, special }: QuotedRules): (expression: string) => string {
  return (expression) => {
    const end = expression.length - 1;
    if (end < 1 || expression[0] !== '"' || expression[end] !== '"')
      throw new Error(`no literal: ${expression}`);
    let text = "";
    let at = 1;
    while (at < end) {
      const found = matchAt(escape, expression, at);
      const char = expression.charAt(at);
      if (!found && special.test(char)) throw new Error(`a bare ${JSON.stringify(char)} in ${expression}`);
      text += found ? unescape(found, simple) : char;
      at += found ? found[0].length : 1;
    }
    if (at !== end) throw new Error(`the closing quote is escaped in ${expression}`);
    return text;
  };
}

function unescape(
  [, first, second, third, char = ""]: RegExpExecArray,
  simple: Readonly<Record<string, string>>,
): string {
  const hex = first || second || third;
  return hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (simple[char] ?? char);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** `"…" + char(10) + "…"`, in which only `""` is an escape. */
function readMatlab(expression: string): string {
  const piece = /"((?:[^"\r\n]|"")*)"|char\((\d+)\)/y;
  let text = "";
  let at = 0;
  for (;;) {
    const found = matchAt(piece, expression, at);
    if (!found || (at === 0 && found[1] === undefined)) throw new Error(`no text: ${expression}`);
    text += found[1]?.replaceAll('""', '"') ?? String.fromCharCode(Number(found[2]));
    at += found[0].length;
    if (at === expression.length) return text;
    if (!expression.startsWith(" + ", at)) throw new Error(`no text: ${expression}`);
    at += 3;
  }
}
