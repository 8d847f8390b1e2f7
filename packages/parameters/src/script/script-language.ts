/** The languages that a script may be in. */
export const SCRIPT_LANGUAGES = ["sql", "python", "r", "scala", "typescript", "bash"] as const;

/** See {@link SCRIPT_LANGUAGES}. */
export type ScriptLanguage = (typeof SCRIPT_LANGUAGES)[number];

/** What is particular to the scripts of a language. */
export interface ScriptForm {
  /** What begins a comment that ends with its line. */
  readonly comment: "#" | "--" | "//";
  /** The kernel where nobody names one. */
  readonly kernelName: string;
  /** As the kernelspecs say it. */
  readonly languageName: string;
}

/** How the scripts of each language look. */
export const SCRIPT_FORMS: Readonly<Record<ScriptLanguage, ScriptForm>> = {
  sql: { comment: "--", kernelName: "sql", languageName: "sql" },
  python: { comment: "#", kernelName: "python3", languageName: "python" },
  r: { comment: "#", kernelName: "ir", languageName: "R" },
  scala: { comment: "//", kernelName: "scala", languageName: "scala" },
  typescript: { comment: "//", kernelName: "deno", languageName: "typescript" },
  bash: { comment: "#", kernelName: "bash", languageName: "bash" },
};

const EXTENSIONS: Readonly<Record<string, ScriptLanguage>> = {
  sql: "sql",
  py: "python",
  r: "r",
  scala: "scala",
  sc: "scala",
  ts: "typescript",
  sh: "bash",
  bash: "bash",
};

/** The language of a script by the end of its name, whatever its case; undefined where it is none. */
export function scriptLanguageOf(name: string): ScriptLanguage | undefined {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}
