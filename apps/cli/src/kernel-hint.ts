import { type CodedError, suggestion } from "@notemill/errors";
import { shellWord } from "@notemill/executor";

/**
 * What to add to the message about a kernelspec that is not there: the one that was probably meant, if
 * one is close, else what there is to do.
 */
export function kernelHint({ code, details }: CodedError): string {
  const { name, available } = details;
  if (code !== "KERNELSPEC_NOT_FOUND" || typeof name !== "string" || !Array.isArray(available)) return "";
  const known = available.filter((it): it is string => typeof it === "string");
  return suggestion(name.toLowerCase(), known) || `; ${whatToDo(name, known)}`;
}

/** Takes another kernel, or makes the one that is meant known. */
function whatToDo(name: string, known: readonly string[]): string {
  const other = known.find((it) => it === "python3") ?? known[0];
  const take = other === undefined ? "" : `run it in another with --kernel ${shellWord(other)}, or `;
  const its = SPEC_NAME.test(name) ? name : "NAME";
  return `${take}make the environment that is meant known, with its own python: python -m ipykernel install --user --name ${its}`;
}

/** What ipykernel takes as a name. */
const SPEC_NAME = /^[\w.-]{1,60}$/;

/** What to add to the message about a notebook that names no kernel. @param available - What is installed. */
export function nameHint(available: readonly string[]): string {
  return `; installed: ${available.join(", ") || "none"}`;
}
