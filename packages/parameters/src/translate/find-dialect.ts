import { ParametersError } from "../parameters-error.ts";
import { bash } from "./bash.ts";
import { csharp } from "./csharp.ts";
import type { Dialect } from "./dialect.ts";
import { fsharp } from "./fsharp.ts";
import { javascript, typescript } from "./javascript.ts";
import { julia } from "./julia.ts";
import { matlab } from "./matlab.ts";
import { papermillDialects } from "./papermill-dialects.ts";
import { powershell } from "./powershell.ts";
import { python } from "./python.ts";
import { r } from "./r.ts";
import { scala } from "./scala.ts";
import { sql } from "./sql.ts";

const LANGUAGES = {
  bash,
  csharp,
  fsharp,
  javascript,
  julia,
  matlab,
  powershell,
  python,
  r,
  scala,
  sql,
  typescript,
} satisfies Readonly<Record<string, Dialect>>;

/** A language that parameters can be written in. */
export type DialectName = keyof typeof LANGUAGES;

/** Kernel names and languages, in lower case, whose language is called otherwise here. */
const ALIASES: Readonly<Record<string, DialectName>> = {
  ".net-csharp": "csharp",
  ".net-fsharp": "fsharp",
  ".net-powershell": "powershell",
  "c#": "csharp",
  deno: "typescript",
  "f#": "fsharp",
  ir: "r",
  jslab: "typescript",
  pwsh: "powershell",
  pysparkkernel: "python",
  sparkkernel: "scala",
  sparkrkernel: "r",
  tslab: "typescript",
};

/**
 * Names the language that a kernel's parameters are written in: by the kernel's
 * name, else by its language, without regard to case.
 */
export function findDialectName(kernelName: string, language: string): DialectName | undefined {
  for (const name of [kernelName.toLowerCase(), language.toLowerCase()]) {
    const found = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
    if (found !== undefined && isDialectName(found)) return found;
  }
  return undefined;
}

/**
 * Picks the dialect of a kernel.
 *
 * @throws {@link ParametersError} `TRANSLATOR_NOT_FOUND`.
 */
export function findDialect(kernelName: string, language: string, compat: boolean): Dialect {
  const name = findDialectName(kernelName, language);
  if (name) return (compat ? papermillDialects[name] : undefined) ?? LANGUAGES[name];
  const known = Object.keys(LANGUAGES);
  throw new ParametersError(
    "TRANSLATOR_NOT_FOUND",
    `parameters cannot be written for the kernel "${kernelName}" of the language "${language}"; ` +
      `known languages are ${known.join(", ")}`,
    { details: { kernelName, known, language } },
  );
}

function isDialectName(name: string): name is DialectName {
  return Object.hasOwn(LANGUAGES, name);
}
