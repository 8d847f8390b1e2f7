import { createHash } from "node:crypto";
import { encodeWireJson, parseWireJson, type Source, sourceSchema } from "@notemill/api";
import { isCodedError } from "@notemill/errors";
import { type OpenFile, readAll, type Store } from "@notemill/storage";
import { ServerError } from "../server-error.ts";

/** Bundles of files by the hash of their list, and the files by their own. Written once. */
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
}

/** Keeps sources in a store. */
export function createSourceStore(store: Store): SourceStore {
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
      if ((await store.stat(listPath(hash))) !== null) return hash;
      for (const bytes of files.values()) await writeOnce(store, blobPath(sha256Of(bytes)), bytes);
      await writeOnce(store, listPath(hash), text);
      return hash;
    },
    hashOf: (notebook, files, environment) => sha256Of(Buffer.from(listText(notebook, files, environment))),
    get,
    async openFile(hash, path) {
      const file = (await get(hash)).files.find((it) => it.path === path);
      return file === undefined ? refuse(null, hash) : store.read(blobPath(file.sha256));
    },
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
