import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { StoredSecret } from "@notemill/store";
import { ServerError } from "../server-error.ts";
import type { SecretKey } from "./secret-keys.ts";

const NONCE = 12;
const TAG = 16;

/** Whose text is sealed: it opens for nobody else. */
export type Subject = Pick<StoredSecret, "owner" | "name">;

/** Seals a text by AES-256-GCM: nonce, text and tag in base64. */
export function seal(text: string, subject: Subject, key: SecretKey): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(about(subject));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64");
}

/** Opens what {@link seal} made. @throws {@link ServerError} `SECRET_UNREADABLE`. */
export function unseal(
  secret: Pick<StoredSecret, "owner" | "name" | "keyId" | "sealed">,
  keys: readonly SecretKey[],
): string {
  const key = keys.find(({ id }) => id === secret.keyId);
  const bytes = Buffer.from(secret.sealed, "base64");
  try {
    if (key === undefined) throw new Error(`the key ${secret.keyId} is not among those of this server`);
    const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, NONCE))
      .setAAD(about(secret))
      .setAuthTag(bytes.subarray(bytes.byteLength - TAG));
    const text = decipher.update(bytes.subarray(NONCE, bytes.byteLength - TAG));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new ServerError(
      "SECRET_UNREADABLE",
      `the secret "${secret.name}" cannot be opened: ${(cause as Error).message}; set it anew, or bring the key back`,
      { cause, details: { name: secret.name } },
    );
  }
}

function about({ owner, name }: Subject): Buffer {
  return Buffer.from(JSON.stringify([owner, name]));
}
