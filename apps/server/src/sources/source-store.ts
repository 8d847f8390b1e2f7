import { createHash } from "node:crypto";
import { encodeWireJson, parseWireJson, type Source, sourceSchema } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { listAll, type OpenFile, readAll, type Store } from "@notemill/storage";
import { type Driver, noteSourceKept, withSourceFiles } from "@notemill/store";
import { ServerError } from "../server-error.ts";

/** Bundles of files by the hash of their list, and the files by their own. They go when nobody needs them. */
export interface SourceStore {
  /** Keeps a bundle. @returns Its hash, which is the same for the same bytes under the same names. */
  put(
    notebook: string,
    files: ReadonlyMap<string, Uint8Array>,
    environment: Source["environment"],
  ): Promise<string>;
  /** The hash that a bundle would have; nothing is kept. */
  hashOf(
    notebook: string,
    files: ReadonlyMap<string, Uint8Array>,
    environment: Source["environment"],
  ): string;
  /** @throws {@link ServerError} `SOURCE_NOT_FOUND`. */
  get(hash: string): Promise<Source>;
  /** @throws {@link ServerError} `SOURCE_NOT_FOUND`. */
  openFile(hash: string, path: string): Promise<OpenFile>;
  /** Keeps a source from going before somebody who is about to need it has said so in the database. */
  hold(hash: string): Promise<void>;
  /** A source, or null where there is none. */
  find(hash: string): Promise<Source | null>;
  /** The hashes of all sources, in order. */
  hashes(): AsyncIterable<string>;
  /** Within {@link withSourceFiles}: removes the list of a source. @returns False where somebody has held it of late. */
  removeList(hash: string): Promise<boolean>;
  /** Removes a file by its hash likewise. */
  removeFile(sha256: string): Promise<boolean>;
}

/** Between the moment that a source is kept and that in which the database knows of it there is never so much time, in milliseconds. */
const HELD_MS = 86_400_000;

/** A file that was held longer ago is held again. */
const HOLD_MS = HELD_MS / 2;

/** Keeps sources in a store. What is held is known by the age of its file. */
export function createSourceStore(store: Store, driver: Driver, now: () => Date): SourceStore {
  const isHeld = async (path: string, ms: number): Promise<boolean | null> => {
    const info = await store.stat(path);
    return info === null ? null : now().getTime() - info.modifiedAt.getTime() < ms;
  };
  /** Makes a file that is, or was, there as new; then it does not go. */
  const hold = async (path: string, bytes: () => Promise<Uint8Array | string>): Promise<void> => {
    if ((await isHeld(path, HOLD_MS)) === true) return;
    await withSourceFiles(driver, async () => void (await store.write(path, await bytes())));
  };
  const remove = async (path: string): Promise<boolean> => {
    if ((await isHeld(path, HELD_MS)) === true) return false;
    await store.delete(path);
    return true;
  };
  const get = async (hash: string): Promise<Source> => {
    const bytes = /^[0-9a-f]{64}$/.test(hash)
      ? await readAll(store, listPath(hash)).catch((error: unknown) => refuse(error, hash))
      : refuse(null, hash);
    return sourceSchema.parse(parseWireJson(Buffer.from(bytes).toString("utf8")));
  };
  return {
    async put(notebook, files, environment) {
      const text = listText(notebook, files, environment);
      const hash = sha256Of(Buffer.from(text));
      // The list comes last: where it is, the files are.
      const isHere = await isHeld(listPath(hash), HOLD_MS);
      if (isHere === true) return hash;
      for (const bytes of files.values()) {
        const path = blobPath(sha256Of(bytes));
        if ((await isHeld(path, HOLD_MS)) === null) await writeOnce(store, path, bytes);
        else await hold(path, () => Promise.resolve(bytes));
      }
      if (isHere === null) await writeOnce(store, listPath(hash), text);
      else await hold(listPath(hash), () => Promise.resolve(text));
      await noteSourceKept(driver, hash);
      return hash;
    },
    hashOf: (notebook, files, environment) => sha256Of(Buffer.from(listText(notebook, files, environment))),
    get,
    async openFile(hash, path) {
      const file = (await get(hash)).files.find((it) => it.path === path);
      return file === undefined ? refuse(null, hash) : store.read(blobPath(file.sha256));
    },
    async find(hash) {
      return (await store.stat(listPath(hash))) === null ? null : get(hash);
    },
    async hold(hash) {
      const path = listPath(hash);
      await hold(path, () => readAll(store, path).catch((error: unknown) => refuse(error, hash)));
    },
    async *hashes() {
      for await (const { path } of listAll(store, "lists", { recursive: true })) {
        const [, hash] = /([0-9a-f]{64})\.json$/.exec(path) ?? [];
        if (hash !== undefined) yield hash;
      }
    },
    removeList: (hash) => remove(listPath(hash)),
    removeFile: (sha256) => remove(blobPath(sha256)),
  };
}

/** The list of a bundle's files, as it is kept. */
function listText(
  notebook: string,
  files: ReadonlyMap<string, Uint8Array>,
  environment: Source["environment"],
): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return encodeWireJson({
    format: "notemill.source/1",
    notebook,
    files: sorted.map(([path, bytes]) => ({ path, sha256: sha256Of(bytes), size: bytes.byteLength })),
    ...(environment === undefined ? {} : { environment }),
  } satisfies Source);
}

function refuse(error: unknown, hash: string): never {
  if (error !== null && !(isCodedError(error) && error.code === "STORAGE_NOT_FOUND")) throw error;
  throw new ServerError("SOURCE_NOT_FOUND", `there is no such source, or file in it: "${hash}"`, {
    cause: error,
  });
}

/** What has this name already has these bytes: the name is their hash. */
async function writeOnce(store: Store, path: string, body: Uint8Array | string): Promise<void> {
  if ((await store.stat(path)) !== null) return;
  await store.write(path, body, { ifNoneMatch: "*" }).catch((error: unknown) => {
    if (!(isCodedError(error) && error.code === "STORAGE_CONFLICT")) throw error;
  });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function blobPath(sha256: string): string {
  return `blobs/${sha256.slice(0, 2)}/${sha256}`;
}

function listPath(hash: string): string {
  return `lists/${hash.slice(0, 2)}/${hash}.json`;
}
