import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/** The tokens of attempts, which nobody keeps: each says of which attempt it is, and is signed. */
export interface RunTokens {
  make(attempt: AttemptClaim): string;
  /** The attempt that a token was made for; null where it is none of this server's. */
  read(token: string): AttemptClaim | null;
}

/** An attempt, and which claim of it. */
interface AttemptClaim {
  readonly attemptId: string;
  readonly fence: number;
}

const FORM = /^nmr_([0-9a-f-]{36})_(\d{1,10})_([\w-]{43})$/;

/** @param token - The server's own: who has it may do everything anyway. */
export function createRunTokens(token: string): RunTokens {
  const key = createSecretKey(createHmac("sha256", token).update("notemill run token").digest());
  const sign = ({ attemptId, fence }: AttemptClaim): string =>
    createHmac("sha256", key).update(`${attemptId} ${fence}`).digest("base64url");
  return {
    make: (attempt) => `nmr_${attempt.attemptId}_${attempt.fence}_${sign(attempt)}`,
    read(given) {
      const parts = FORM.exec(given);
      // Nearly all requests have another token.
      if (parts === null) return null;
      const [, attemptId = "", fence = "", signature = ""] = parts;
      const attempt = { attemptId, fence: Number(fence) };
      const expected = Buffer.from(sign(attempt));
      const actual = Buffer.from(signature);
      return actual.byteLength === expected.byteLength && timingSafeEqual(actual, expected) ? attempt : null;
    },
  };
}
