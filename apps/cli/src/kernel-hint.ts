import { type CodedError, suggestion } from "@notemill/errors";

/** What to add to the message about a kernelspec that is not there: the one that was probably meant, if one is close. */
export function kernelHint({ code, details }: CodedError): string {
  const { name, available } = details;
  if (code !== "KERNELSPEC_NOT_FOUND" || typeof name !== "string" || !Array.isArray(available)) return "";
  const known = available.filter((it): it is string => typeof it === "string");
  return suggestion(name.toLowerCase(), known);
}
