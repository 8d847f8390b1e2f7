import type { Operation } from "./operation.ts";
import type { TokenScope } from "./token.ts";

/** What a credential has to be good for: `any` is good enough on what is about the credential itself. */
export type NeededScope = TokenScope | "any";

/** What an operation needs, unless it is open to all. By default reading needs `read`, and changes need `full`. */
export function neededScope({ needs, group, method }: Operation): NeededScope {
  if (needs !== undefined) return needs;
  if (group === "runners") return "runner";
  return method === "get" ? "read" : "full";
}

const INCLUDED: Readonly<Record<TokenScope, readonly TokenScope[]>> = {
  full: ["full", "submit", "read", "runner"],
  submit: ["submit", "read"],
  read: ["read"],
  runner: ["runner"],
};

/** Whether a token of this scope is good for what needs another. */
export function isScopeEnough(scope: TokenScope, needed: NeededScope): boolean {
  return needed === "any" || INCLUDED[scope].includes(needed);
}
