import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { ServerError } from "../server-error.ts";

/**
 * Reads the token of a file, which is made with mode 0600 when it is missing.
 *
 * @throws {@link ServerError} `TOKEN_FILE_UNUSABLE`.
 */
export async function readToken(path: string): Promise<string> {
  try {
    await writeFile(path, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw unusable(path, "cannot be made", cause);
  }
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw unusable(path, "cannot be read", cause);
  });
  const token = text.trim();
  if (token.length < 16) throw unusable(path, "holds no token of at least 16 characters");
  return token;
}

function unusable(path: string, why: string, cause?: unknown): ServerError {
  return new ServerError("TOKEN_FILE_UNUSABLE", `the token file "${path}" ${why}`, { cause });
}
