import { createHmac, timingSafeEqual } from "node:crypto";

/** What the cookie of a browser says. */
export interface SignIn {
  /** Another one for every sign-in. */
  readonly id: string;
  /** The token with a name that signed in; null where the server's own did. */
  readonly tokenId: string | null;
  readonly expiresAt: Date;
}

/** The sign-ins of browsers, which nobody keeps: each says who it is for and until when, and is signed. */
export interface SignIns {
  make(signIn: SignIn): string;
  /** What a cookie says; null where it is none of this server's, or over. */
  read(value: string, now: Date): SignIn | null;
}

const FORM = /^([0-9a-f-]{36})\.([0-9a-f-]{36}|server)\.(\d{10,15})\.([\w-]{43})$/;

/** @param token - The server's own: with another one every sign-in is over. */
export function createSignIns(token: string): SignIns {
  const key = createHmac("sha256", token).update("notemill sign-in").digest();
  const sign = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  const textOf = ({ id, tokenId, expiresAt }: SignIn): string =>
    `${id}.${tokenId ?? "server"}.${expiresAt.getTime()}`;
  return {
    make: (signIn) => `${textOf(signIn)}.${sign(textOf(signIn))}`,
    read(value, now) {
      const [, id, who = "", expires, signature = ""] = FORM.exec(value) ?? [];
      if (id === undefined) return null;
      const tokenId = who === "server" ? null : who;
      const signIn = { id, tokenId, expiresAt: new Date(Number(expires)) };
      const expected = Buffer.from(sign(textOf(signIn)));
      const actual = Buffer.from(signature);
      const isOurs = actual.byteLength === expected.byteLength && timingSafeEqual(actual, expected);
      return isOurs && signIn.expiresAt > now ? signIn : null;
    },
  };
}
