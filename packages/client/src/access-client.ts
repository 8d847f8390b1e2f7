import {
  type CreatedLink,
  createdLinkSchema,
  type CreatedToken,
  createdTokenSchema,
  type CreateLink,
  type CreateToken,
  type LinkPage,
  linkPageSchema,
  type Session,
  sessionSchema,
  type TokenPage,
  tokenPageSchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** The part of the API that is about who asks, and who may. Every function throws as {@link sendRequest} does. */
export interface AccessClient {
  getSession(options?: CallOptions): Promise<Session>;
  /** Signs the browser in that this runs in: it keeps the cookie that the answer sets. */
  signIn(token: string, options?: CallOptions): Promise<Session>;
  /** Signs it out. */
  signOut(options?: CallOptions): Promise<void>;
  /** Makes a token with a name. Its text is in the answer, and never again. */
  createToken(token: CreateToken, options?: CallOptions): Promise<CreatedToken>;
  listTokens(
    query?: { readonly after?: string; readonly limit?: number },
    options?: CallOptions,
  ): Promise<TokenPage>;
  revokeToken(id: string, options?: CallOptions): Promise<void>;
  /** Makes a share link. What opens it is in the answer, and never again. */
  createLink(link: CreateLink, options?: CallOptions): Promise<CreatedLink>;
  listLinks(
    query?: { readonly before?: string; readonly limit?: number },
    options?: CallOptions,
  ): Promise<LinkPage>;
  revokeLink(id: string, options?: CallOptions): Promise<void>;
}

/** Makes the part of a client that is about who asks, and who may. */
export function createAccessClient(server: ClientOptions): AccessClient {
  const session = "/session";
  return {
    getSession: (options) => sendForJson(server, { method: "GET", path: session, ...options }, sessionSchema),
    signIn: (token, options) =>
      sendForJson(server, { method: "POST", path: session, body: { token }, ...options }, sessionSchema),
    async signOut(options) {
      await sendRequest(server, { method: "DELETE", path: session, ...options });
    },
    createToken: (body, options) =>
      sendForJson(server, { method: "POST", path: "/tokens", body, ...options }, createdTokenSchema),
    listTokens: (query = {}, options) =>
      sendForJson(server, { method: "GET", path: "/tokens", query, ...options }, tokenPageSchema),
    async revokeToken(id, options) {
      await sendRequest(server, { method: "DELETE", path: `/tokens/${encodeURIComponent(id)}`, ...options });
    },
    createLink: (body, options) =>
      sendForJson(server, { method: "POST", path: "/links", body, ...options }, createdLinkSchema),
    listLinks: (query = {}, options) =>
      sendForJson(server, { method: "GET", path: "/links", query, ...options }, linkPageSchema),
    async revokeLink(id, options) {
      await sendRequest(server, { method: "DELETE", path: `/links/${encodeURIComponent(id)}`, ...options });
    },
  };
}
