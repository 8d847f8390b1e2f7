import { isJsonObject } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";

/** What a check that does not hold does to its run: fail it, mark it, or nothing. */
export type CheckSeverity = "error" | "warning" | "info";

/** Something a notebook asserted about its data, which decides the outcome of its run. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly severity: CheckSeverity;
  readonly message: string | null;
  /** Facts that were recorded with it. */
  readonly details: JsonObject;
}

/**
 * Tells whether the data of a scrap is meant as a check.
 *
 * Source of the format: docs/reference/scraps.md.
 */
export function isCheckData(data: JsonValue | undefined): data is JsonObject {
  return isJsonObject(data) && data.type === "notemill.check";
}

/** Reads the data of a check; gives the reason as text when it is broken or newer than this library. */
export function parseCheck(name: string, data: JsonObject): Check | string {
  const { version, ok, severity, message = null, details = null } = data;
  if (version !== 1) return `the check "${name}" has a version other than 1`;
  if (typeof ok !== "boolean") return `the check "${name}" has an "ok" that is not true or false`;
  if (!isSeverity(severity)) return `the check "${name}" has a "severity" other than error, warning and info`;
  if (message !== null && typeof message !== "string")
    return `the check "${name}" has a "message" that is no text`;
  if (details !== null && !isJsonObject(details))
    return `the check "${name}" has "details" that are no object`;
  return { name, ok, severity, message, details: details ?? {} };
}

/** What stands in for a check that cannot be read: a failed one, since nobody knows that it held. */
export function unreadableCheck(name: string, reason: string): Check {
  return { name, ok: false, severity: "error", message: reason, details: {} };
}

function isSeverity(value: JsonValue | undefined): value is CheckSeverity {
  return value === "error" || value === "warning" || value === "info";
}
