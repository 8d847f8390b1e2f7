import type { StoredLink, StoredToken, TokenHolder } from "@notemill/store";
import type { FastifyRequest } from "fastify";
import type { SignIn } from "./sign-ins.ts";

/** Who asks, by what the request has shown. */
export type Asker =
  | {
      readonly kind: "server-token";
      /** The sign-in of the browser; null where the token itself came. */
      readonly signIn: SignIn | null;
    }
  /** A token with a name. */
  | { readonly kind: "token"; readonly token: StoredToken; readonly signIn: SignIn | null }
  /** A runner with the token that all runners of the server may have. */
  | { readonly kind: "runner" }
  /** The notebook of a run. */
  | { readonly kind: "run"; readonly holder: TokenHolder }
  | { readonly kind: "link"; readonly link: StoredLink }
  /** Anybody at all, of a server that shows everything to everybody. */
  | { readonly kind: "anyone" };

const askers = new WeakMap<FastifyRequest, Asker>();

/** Notes who asks, for the route. */
export function noteAsker(request: FastifyRequest, asker: Asker): void {
  askers.set(request, asker);
}

/** Who asks; null on what is open to all. */
export function whoAsks(request: FastifyRequest): Asker | null {
  return askers.get(request) ?? null;
}

/** The run whose notebook asks; null where a person or a program of theirs does. */
export function askingRun(request: FastifyRequest): TokenHolder | null {
  const asker = whoAsks(request);
  return asker?.kind === "run" ? asker.holder : null;
}
