import { createHash, randomBytes } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { ServerError } from "../server-error.ts";

/** A key that seals secrets. */
export interface SecretKey {
  /** Tells keys apart, and nothing about them. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
}

/**
 * The keys of a server. They are read anew for each use: another server may have changed them. Who seals
 * with them, or changes them, does so within `withSecretKeys` of the store.
 */
export interface SecretKeys {
  /** The first seals; the others only open. @throws {@link ServerError} `SECRET_KEY_UNUSABLE`. */
  read(): Promise<readonly [SecretKey, ...SecretKey[]]>;
  /** Puts a new key in front; `false` where the keys are not this server's to change. */
  add(): Promise<boolean>;
  /** Drops the keys behind this one. */
  dropBehind(id: string): Promise<void>;
}

/** Keys from `NOTEMILL_SECRET_KEY`: the first seals, others behind commas open what they have sealed. */
export function keysFromText(text: string): SecretKeys {
  const keys = parseKeys(text.split(","), "NOTEMILL_SECRET_KEY");
  return { read: async () => keys, add: async () => false, dropBehind: async () => undefined };
}

/** Keys from a file of one key a line, which is made when it is missing. */
export function keysFromFile(path: string): SecretKeys {
  const read = async (): Promise<readonly [SecretKey, ...SecretKey[]]> => {
    const text = await readFile(path, "utf8").catch(async (cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOENT") throw unusable(path, cause.message, cause);
      return makeFile(path);
    });
    return parseKeys(text.trim().split("\n"), path);
  };
  return {
    read,
    async add() {
      const keys = await read();
      await replaceFile(path, [newKey(), ...keys.map(({ bytes }) => encode(bytes))]);
      return true;
    },
    async dropBehind(id) {
      const keys = await read();
      // Where somebody has taken it away, none is known to be of no use.
      const last = keys.findIndex((key) => key.id === id);
      if (last < 0) return;
      await replaceFile(
        path,
        keys.slice(0, last + 1).map(({ bytes }) => encode(bytes)),
      );
    },
  };
}

function parseKeys(lines: readonly string[], where: string): readonly [SecretKey, ...SecretKey[]] {
  const keys = lines.map((line) => {
    const bytes = Buffer.from(line.trim(), "base64");
    if (bytes.byteLength !== 32)
      throw unusable(where, "a key is 32 random bytes in base64, as openssl rand -base64 32 makes them");
    return { id: createHash("sha256").update(bytes).digest("hex").slice(0, 16), bytes };
  });
  const [first, ...rest] = keys;
  if (first === undefined) throw unusable(where, "there is no key");
  return [first, ...rest];
}

/** Makes the file, unless somebody else does at the same time. @returns What is in it. */
async function makeFile(path: string): Promise<string> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${newKey()}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST")
      throw unusable(path, (cause as Error).message, cause);
  }
  return readFile(path, "utf8");
}

/** In one step, so that nobody reads a part of it. */
async function replaceFile(path: string, lines: readonly string[]): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, "w", 0o600);
  try {
    await file.writeFile(lines.map((line) => `${line}\n`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

function newKey(): string {
  return encode(randomBytes(32));
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function unusable(where: string, why: string, cause?: unknown): ServerError {
  return new ServerError("SECRET_KEY_UNUSABLE", `the key of secrets in ${where} cannot be used: ${why}`, {
    cause,
  });
}
