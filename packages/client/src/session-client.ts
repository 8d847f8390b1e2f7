import { type Session, sessionSchema } from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** The part of the API that is about who asks. Every function throws as {@link sendRequest} does. */
export interface SessionClient {
  getSession(options?: CallOptions): Promise<Session>;
  /** Signs the browser in that this runs in: it keeps the cookie that the answer sets. */
  signIn(token: string, options?: CallOptions): Promise<Session>;
  /** Signs it out. */
  signOut(options?: CallOptions): Promise<void>;
}

/** Makes the part of a client that is about who asks. */
export function createSessionClient(server: ClientOptions): SessionClient {
  const path = "/session";
  return {
    getSession: (options) => sendForJson(server, { method: "GET", path, ...options }, sessionSchema),
    signIn: (token, options) =>
      sendForJson(server, { method: "POST", path, body: { token }, ...options }, sessionSchema),
    async signOut(options) {
      await sendRequest(server, { method: "DELETE", path, ...options });
    },
  };
}
