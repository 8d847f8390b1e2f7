import type { StoredToken } from "@notemill/store";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Addresses } from "./addresses.ts";
import { clearCookie, setCookie } from "./cookies.ts";
import { createSignIns, type SignIn } from "./sign-ins.ts";

/** Signs browsers in and out. */
export interface SignInDesk {
  /** Carries the port: cookies are shared by all ports of a host. */
  cookieName(): string;
  /** What a cookie says; null where it is none of this server's, or over. */
  read(value: string, now: Date): SignIn | null;
  /** Gives the browser that gets this answer a cookie, which does not outlive the token; null is the server's own. */
  signIn(reply: FastifyReply, token: StoredToken | null): SignIn;
  /** Takes it away. */
  signOut(reply: FastifyReply): void;
  /** Where pages of this server come from, for the browser that asks. */
  ownOrigins(request: FastifyRequest): readonly string[];
  /** The path of the page that is asked for, without its query. Never leads to another host. */
  pageUrl(request: FastifyRequest): string;
}

/** Options of {@link createSignInDesk}. */
export interface SignInDeskOptions {
  readonly token: string;
  readonly addresses: Addresses;
  /** The port that the server listens on. */
  readonly port: () => number;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** How long a sign-in holds, in milliseconds. */
const SIGN_IN_MS = 30 * 86_400_000;

/** Opens the desk. */
export function createSignInDesk(options: SignInDeskOptions): SignInDesk {
  const { token, addresses, port, now, newId } = options;
  const publicUrl = addresses.publicUrl === null ? null : new URL(addresses.publicUrl);
  const signIns = createSignIns(token);
  // Servers behind one address listen on ports of their own, and share their sign-ins.
  const cookieName = (): string => `notemill-${publicUrl === null ? port() : portOf(publicUrl)}`;
  const place = { path: addresses.outerPath || "/", isSecure: publicUrl?.protocol === "https:" };
  return {
    cookieName,
    read: (value, at) => signIns.read(value, at),
    signIn(reply, by) {
      const longest = now().getTime() + SIGN_IN_MS;
      const expiresAt = new Date(Math.min(longest, by?.expiresAt?.getTime() ?? longest));
      const signIn = { id: newId(), tokenId: by?.id ?? null, expiresAt };
      const cookie = {
        ...place,
        // Of a proxy that is trusted it is known that it has TLS.
        isSecure: place.isSecure || reply.request.protocol === "https",
        name: cookieName(),
        value: signIns.make(signIn),
        expiresAt: signIn.expiresAt,
      };
      void reply.header("set-cookie", setCookie(cookie));
      return signIn;
    },
    signOut: (reply) => void reply.header("set-cookie", clearCookie({ ...place, name: cookieName() })),
    ownOrigins: ({ protocol, headers }) => [
      `${protocol}://${headers.host ?? ""}`.toLowerCase(),
      ...(publicUrl === null ? [] : [publicUrl.origin]),
    ],
    // Two slashes, or one of each kind, would begin the name of a host.
    pageUrl: ({ url }) => (url.split("?", 1)[0] ?? "").replace(/^[/\\]+/, "/"),
  };
}

function portOf({ port, protocol }: URL): string {
  return port === "" ? (protocol === "https:" ? "443" : "80") : port;
}
