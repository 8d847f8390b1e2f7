import {
  type KeyRotation,
  rotationSchema,
  type Secret,
  type SecretPage,
  secretPageSchema,
  secretSchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** The part of the API that is about secrets. Every function throws as {@link sendRequest} does. */
export interface SecretClient {
  /** Keeps a text. Grants that are left out stay as they are. */
  putSecret(
    name: string,
    secret: { readonly text: string; readonly grants?: string[] },
    options?: CallOptions,
  ): Promise<Secret>;
  listSecrets(
    query?: { readonly after?: string; readonly limit?: number },
    options?: CallOptions,
  ): Promise<SecretPage>;
  grantSecret(name: string, grants: readonly string[], options?: CallOptions): Promise<Secret>;
  deleteSecret(name: string, options?: CallOptions): Promise<void>;
  /** Makes a new key, and seals every secret with it. */
  rotateSecretKey(options?: CallOptions): Promise<KeyRotation>;
}

/** Makes the part of a client that is about secrets. */
export function createSecretClient(server: ClientOptions): SecretClient {
  const one = (name: string): string => `/secrets/${encodeURIComponent(name)}`;
  return {
    putSecret: (name, body, options) =>
      sendForJson(server, { method: "PUT", path: one(name), body, ...options }, secretSchema),
    listSecrets: (query, options) =>
      sendForJson(
        server,
        { method: "GET", path: "/secrets", ...(query ? { query } : {}), ...options },
        secretPageSchema,
      ),
    grantSecret: (name, grants, options) =>
      sendForJson(
        server,
        { method: "PUT", path: `${one(name)}/grants`, body: { grants }, ...options },
        secretSchema,
      ),
    async deleteSecret(name, options) {
      await sendRequest(server, { method: "DELETE", path: one(name), ...options });
    },
    rotateSecretKey: (options) =>
      sendForJson(server, { method: "POST", path: "/secrets/rotation", ...options }, rotationSchema),
  };
}
