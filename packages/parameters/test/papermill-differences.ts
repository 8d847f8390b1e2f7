/**
 * A place where this package means to differ from papermill.
 *
 * The tests run both sides of every row, and docs/reference/parameters.md shows the rows.
 */
export interface PapermillDifference {
  /** Kernel whose parameters are written; or what is read: `infer`, `path`, `yaml`. */
  readonly area: string;
  /** JSON of a value that is written; or the text that is read. */
  readonly input: string;
  /** What papermill gives, or the name of what it raises. */
  readonly papermill: string;
  /** What we give, or the code of the error. */
  readonly ours: string;
  readonly reason: string;
}

const UNSUPPORTED = "PARAMETER_VALUE_UNSUPPORTED";
const INVALID = "PARAMETERS_INVALID";

/** Every deliberate difference, with an example of each kind. */
export const PAPERMILL_DIFFERENCES: readonly PapermillDifference[] = [
  // Python
  row(
    "python",
    '"\\ud800"',
    '"\\ud800"',
    UNSUPPORTED,
    "a lone surrogate is no text; the output notebook could not be saved",
  ),

  // R
  row(
    "R",
    "[NaN, Infinity, -Infinity]",
    "list(nan, inf, -inf)",
    "list(NaN, Inf, -Inf)",
    "R has no `nan` and no `inf`",
  ),
  row("R", '"é"', '"\\xe9"', '"\\u00e9"', "`\\x` is a byte in R, not a character"),
  row("R", '"\\u0007 ☺"', '"\\x07 \\u263a"', '"\\u0007 \\u263a"', "R refuses `\\x` and `\\u` in one text"),
  row("R", '"a\\u0000"', '"a\\x00"', UNSUPPORTED, "text of R has no NUL"),
  row("R", "9007199254740993", "9007199254740993", UNSUPPORTED, "R would round it, without a word"),
  row(
    "R",
    "0.30000000000000004",
    "0.30000000000000004",
    "0x1.3333333333334p-2",
    "R may miss a decimal of more than 15 digits by one bit",
  ),
  row(
    "R",
    '{"": 1}',
    'list("" = 1)',
    'structure(list(1), names = c(""))',
    "an argument cannot have an empty name",
  ),

  // Scala
  row(
    "scala",
    "[NaN, Infinity]",
    "Seq(nan, inf)",
    "Seq(Double.NaN, Double.PositiveInfinity)",
    "Scala has no `nan` and no `inf`",
  ),
  row("scala", '"é"', '"\\xe9"', '"\\u00e9"', "Scala has no `\\x`"),
  row("scala", '"😀"', '"\\U0001f600"', '"\\ud83d\\ude00"', "Scala has no `\\U`"),
  row(
    "scala",
    "9223372036854775808",
    "9223372036854775808L",
    'BigInt("9223372036854775808")',
    "too large for a Long",
  ),
  row(
    "scala",
    "[9007199254740993, 0.5]",
    "Seq(9007199254740993L, 0.5)",
    "Seq[Any](9007199254740993L, 0.5)",
    "Scala would widen the Long to a Double and round it",
  ),

  // Julia
  row(
    "julia",
    '"cost: $x"',
    '"cost: $x"',
    '"cost: \\$x"',
    "`$` interpolates, and runs what stands in `$( )`",
  ),
  row("julia", "[NaN, Infinity]", "[nan, inf]", "[NaN, Inf]", "Julia has no `nan` and no `inf`"),
  row("julia", '"é"', '"\\xe9"', '"\\u00e9"', "`\\x` is a byte in Julia, not a character"),
  row("julia", "[true, 2]", "[true, 2]", "Any[true, 2]", "Julia would turn `true` into 1"),

  // MATLAB
  row("matlab", '"C:\\\\dir"', '"C:\\\\dir"', '"C:\\dir"', "a backslash means itself in MATLAB"),
  row("matlab", '"a\\nb"', '"a\\nb"', '"a" + char(10) + "b"', "MATLAB reads no escapes in a text"),
  row("matlab", '"é"', '"\\xe9"', '"é"', "MATLAB reads no escapes in a text"),
  row(
    "matlab",
    "{}",
    "containers.Map({}, {})",
    "containers.Map('KeyType', 'char', 'ValueType', 'any')",
    "a map without keys must say its types",
  ),
  row("matlab", "9007199254740993", "9007199254740993", UNSUPPORTED, "MATLAB would round it, without a word"),

  // C#
  row(".net-csharp", "null", "NotImplementedError", "null", "`object x = null;` holds it"),
  row(".net-csharp", "[]", "new [] {  }", "new object[] {  }", "C# finds no type for the items"),
  row(
    ".net-csharp",
    '[1, "a"]',
    'new [] { 1, "a" }',
    'new object[] { 1, "a" }',
    "C# finds no common type for the items",
  ),
  row(
    ".net-csharp",
    "[NaN, Infinity]",
    "new [] { nan, inf }",
    "new [] { double.NaN, double.PositiveInfinity }",
    "C# has no `nan` and no `inf`",
  ),
  row(
    ".net-csharp",
    '"éa"',
    '"\\xe9a"',
    '"\\u00e9a"',
    "`\\x` takes up to four digits, so it would take the `a`, too",
  ),
  row(
    ".net-csharp",
    "9223372036854775808",
    "9223372036854775808L",
    'System.Numerics.BigInteger.Parse("9223372036854775808", System.Globalization.CultureInfo.InvariantCulture)',
    "too large for a long",
  ),

  // F#
  row(".net-fsharp", "[Infinity, -Infinity]", "[ inf; -inf ]", "[ infinity; -infinity ]", "F# has no `inf`"),
  row(
    ".net-fsharp",
    '[1, "a", null]',
    '[ 1; "a"; None ]',
    '[ box (1); box ("a"); (null : obj) ]',
    "the items of a list have one type",
  ),
  row(".net-fsharp", "[1, 2.5]", "[ 1; 2.5 ]", "[ 1.0; 2.5 ]", "the items of a list have one type"),
  row(
    ".net-fsharp",
    "[1, 3000000000]",
    "[ 1; 3000000000L ]",
    "[ 1L; 3000000000L ]",
    "the items of a list have one type",
  ),
  row(
    ".net-fsharp",
    "{}",
    "[  ] |> Map.ofList",
    "Map.empty<string, IComparable>",
    "F# finds no type for the values",
  ),
  row(
    ".net-fsharp",
    '{"a": null}',
    '[ ("a", None :> IComparable) ] |> Map.ofList',
    '[ ("a", (null : IComparable)) ] |> Map.ofList',
    "`None` has no type there",
  ),
  row(
    ".net-fsharp",
    "9223372036854775808",
    "9223372036854775808L",
    "9223372036854775808I",
    "too large for an int64",
  ),

  // PowerShell
  row(".net-powershell", '"$(rm) `n"', '"$(rm) `n"', '"`$(rm) ``n"', "`$( )` runs, and a backtick escapes"),
  row(".net-powershell", '"C:\\\\dir"', '"C:\\\\dir"', '"C:\\dir"', "a backslash means itself in PowerShell"),
  row(
    ".net-powershell",
    '"a\\nb é"',
    '"a\\nb \\xe9"',
    '"a`nb `u{e9}"',
    "a backslash means itself in PowerShell",
  ),
  row(".net-powershell", "[[1, 2]]", "@(@(1, 2))", "@(, @(1, 2))", "PowerShell would unwrap the inner array"),
  row(
    ".net-powershell",
    '{"a": 1, "A": 2}',
    '@{"a" = 1\n "A" = 2}',
    UNSUPPORTED,
    "a hashtable does not tell the keys apart",
  ),
  row(
    ".net-powershell",
    "79228162514264337593543950336",
    "79228162514264337593543950336",
    '[bigint]::Parse("79228162514264337593543950336")',
    "PowerShell would round it to a double",
  ),

  // Bash
  row("bash", '{"a": 1}', "NotImplementedError", `'{"a":1}'`, "what is nested is passed as JSON"),
  row("bash", "[[1], null]", "((1) )", "('[1]' '')", "arrays do not nest, and an empty word is lost"),
  row(
    "bash",
    '"a\\tb"',
    "'a\tb'",
    "$'a\\tb'",
    "a kernel may read the cell through a terminal, which acts on control characters",
  ),
  row("bash", '"a\\u0000"', "'a\0'", UNSUPPORTED, "text of Bash has no NUL"),

  // Inference
  row("infer", 'x = "a=b"', "", 'x | None | "a=b" | ', "papermill drops a line with two equals signs"),
  row("infer", "x = f(a=1)", "", "x | None | f(a=1) | ", "papermill drops a line with two equals signs"),
  row("infer", "x = 1  # a=b", "", "x | None | 1 | a=b", "papermill drops a line with two equals signs"),
  row("infer", 'x = "#nc"', 'x | None | " | nc"', 'x | None | "#nc" | ', "a `#` in text starts no comment"),
  row(
    "infer",
    "x = 1\nprint(x)",
    "x | None | 1print(x) | ",
    "x | None | 1 | ",
    "the next statement is no part of the default",
  ),
  row("infer", "if y:\n    x = 1", "x | None | 1 | ", "", "an indented assignment may never run"),
  row("infer", "x: int | None = 1", "", "x | int | None | 1 | ", "a union is a type, too"),
  row("infer", "x: datetime.date = d", "", "x | datetime.date | d | ", "a dotted name is a type, too"),
  row(
    "infer",
    "x = {}  # type: Dict[str, int] help",
    "x | Dict[str, | {} | int] help",
    "x | Dict[str, int] | {} | help",
    "a type ends with its bracket",
  ),
  row("infer", "x: int", "", "x | int |  | ", "a variable without a value must be given"),
  row("infer", "x = 1; y = 2", "", "x | None | 1 | \ny | None | 2 | ", "both are assignments"),
  row(
    "infer",
    "x = 1\nx = 2",
    "x | None | 1 | \nx | None | 2 | ",
    "x | None | 2 | ",
    "a parameter has one default: the last",
  ),

  // YAML
  row(
    "yaml",
    "a: !!binary aGVsbG8=",
    "TypeError",
    INVALID,
    "papermill writes the text `b'hello'` into the cell",
  ),
  row("yaml", "[[a, 1]]", '[["a",1]]', INVALID, "papermill takes a list of pairs for a mapping, by accident"),
  row("yaml", "false", "false", INVALID, "papermill takes anything empty for no parameters"),
  row("yaml", "a: !!set {x}", "TypeError", INVALID, "papermill fails when it saves"),
  row("yaml", "1: x\n1.0: y", '{"1":"y"}', '{"1":"x","1.0":"y"}', "keys are text here, and these are two"),

  // Paths
  row(
    "path",
    "{x.__class__}",
    "<class 'int'>",
    "PATH_TEMPLATE_INVALID",
    "a path may come from anyone; attributes of Python's objects stay out of reach",
  ),
  row(
    "path",
    "{x:99999}",
    "a string of 99999 characters",
    "PATH_TEMPLATE_INVALID",
    "a path may come from anyone; widths are limited to 4,096",
  ),
];

function row(
  area: string,
  input: string,
  papermill: string,
  ours: string,
  reason: string,
): PapermillDifference {
  return { area, input, ours, papermill, reason };
}
