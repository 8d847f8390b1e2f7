import type { DictNode, IntNode, ValueNode } from "../values/value-node.ts";
import type { Dialect, Writing } from "./dialect.ts";
import { floatRule } from "./numbers.ts";
import { words } from "./variable-name.ts";

/** Variables that PowerShell keeps for itself; case does not count. */
const RESERVED = words(`
  _ args consolefilename error event eventargs eventsubscriber executioncontext false foreach home
  host input iscoreclr islinux ismacos iswindows lastexitcode matches myinvocation nestedpromptlevel
  null pid profile psboundparameters pscmdlet pscommandpath psculture psdebugcontext psedition pshome
  psitem psscriptroot pssenderinfo psuiculture psversiontable pwd sender shellid stacktrace switch
  this true
`);
/** The largest `decimal`; a longer integer would become a double. */
const DECIMAL_MAX = 79_228_162_514_264_337_593_543_950_335n;
const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "`0",
  "\t": "`t",
  "\n": "`n",
  "\r": "`r",
  '"': '`"',
  $: "`$",
  "`": "``",
};

/** PowerShell 7, as .NET Interactive runs it. */
export const powershell: Dialect = {
  comment: (text) => `# ${text}`.trim(),
  nameRule: "letters, digits and underscores, and no variable of PowerShell's own",
  variable: (name) => (/^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toLowerCase()) ? name : undefined),
  assign: (variable, value, { write }) => `$${variable} = ${write(value)}`,
  environment: (variable) => `$env:${variable}`,
  literals: {
    null: () => "$Null",
    bool: (value) => (value ? "$True" : "$False"),
    int: writeInt,
    float: floatRule({
      inf: "[double]::PositiveInfinity",
      nan: "[double]::NaN",
      negativeInf: "[double]::NegativeInfinity",
    }),
    string: quote,
    list: writeArray,
    dict: writeHashtable,
  },
};

function writeInt({ value }: IntNode): string {
  const size = value < 0n ? -value : value;
  return size <= DECIMAL_MAX ? String(value) : `[bigint]::Parse("${value}")`;
}

/** PowerShell takes curly quotes for quotes, so that everything beyond ASCII is escaped. */
function quote(text: string): string {
  const escaped = text.replaceAll(/[^ !#%-_a-~]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return ESCAPES[char] ?? `\`u{${code.toString(16)}}`;
  });
  return `"${escaped}"`;
}

function writeArray(items: readonly ValueNode[], { write }: Writing): string {
  const [only] = items;
  // `@( )` opens an array that is alone in it; a comma in front keeps it.
  const lead = items.length === 1 && only?.kind === "list" ? ", " : "";
  return `@(${lead}${items.map((item) => write(item)).join(", ")})`;
}

function writeHashtable(entries: DictNode["entries"], { refuse, write }: Writing): string {
  const seen = new Map<string, string>();
  for (const [key] of entries) {
    const other = seen.get(key.toLowerCase());
    if (other !== undefined) return refuse(`PowerShell does not tell the keys "${other}" and "${key}" apart`);
    seen.set(key.toLowerCase(), key);
  }
  return `@{${entries.map(([key, value]) => `${quote(key)} = ${write(value)}`).join("\n ")}}`;
}
