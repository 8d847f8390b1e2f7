import { OPERATIONS, type Operation } from "@notemill/api";

const OPERATION_LIST: readonly Operation[] = Object.values(OPERATIONS);

/** The methods that a path of the API takes; none where there is no such path. */
export function allowedMethods(path: string): readonly string[] {
  const below = path.replace(/^\/api\/v1/, "");
  const matching = OPERATION_LIST.filter((operation) => isMatch(operation.path, below));
  return [...new Set(matching.map(({ method }) => method.toUpperCase()))];
}

function isMatch(pattern: string, path: string): boolean {
  const parts = pattern.split("/");
  const given = path.split("/");
  return (
    parts.length === given.length &&
    parts.every((part, index) => part === given[index] || (part.startsWith("{") && given[index] !== ""))
  );
}
