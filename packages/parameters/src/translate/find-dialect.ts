import { ParametersError } from "../parameters-error.ts";
import type { Dialect } from "./dialect.ts";
import { python } from "./python.ts";

/** Dialects by kernel name or language, both in lower case. */
const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ["python", python],
  ["pysparkkernel", python],
]);

/**
 * Picks the dialect of a kernel: by the kernel's name, else by its language, without regard to case.
 *
 * @throws {@link ParametersError} `TRANSLATOR_NOT_FOUND`.
 */
export function findDialect(kernelName: string, language: string): Dialect {
  const found = DIALECTS.get(kernelName.toLowerCase()) ?? DIALECTS.get(language.toLowerCase());
  if (found) return found;
  const known = [...DIALECTS.keys()];
  throw new ParametersError(
    "TRANSLATOR_NOT_FOUND",
    `parameters cannot be written for the kernel "${kernelName}" of the language "${language}"; ` +
      `known are ${known.join(", ")}`,
    { details: { kernelName, known, language } },
  );
}
