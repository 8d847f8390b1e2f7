import { createHash } from "node:crypto";
import { compareCodePoints } from "@notemill/json";
import { StorageError } from "../storage-error.ts";
import { bodyChunks } from "../store/body-chunks.ts";
import { resolveRange } from "../store/byte-range.ts";
import { conflict } from "../store/conflict.ts";
import { pageLimit } from "../store/list-request.ts";
import { directoryPath, type StorePath, storePath } from "../store/store-path.ts";
import type {
  Body,
  Conditions,
  FileInfo,
  FileVersion,
  ListEntry,
  ListOptions,
  ListPage,
  OpenFile,
  ReadOptions,
  Store,
  WriteOptions,
  Written,
} from "../store/store.ts";

/** Options of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /** The time of a change. Default: the epoch, so that tests are repeatable. */
  readonly now?: () => Date;
}

interface Kept extends FileInfo {
  readonly version: string;
  /** Null says that the file was deleted. */
  readonly content: Uint8Array | null;
}

/**
 * A store in memory that behaves as the real ones do and keeps metadata and all versions.
 *
 * For tests: what is written is gone with the object.
 */
export function createMemoryStore({ now = () => new Date(0) }: MemoryStoreOptions = {}): Store {
  const files = new Map<string, Kept[]>();
  const directories = new Set<string>();
  let changes = 0;

  const current = (path: StorePath): Kept | null => {
    const latest = files.get(path)?.at(-1);
    return latest?.content ? latest : null;
  };
  const live = (): readonly Kept[] => [...files.keys()].flatMap((path) => current(path as StorePath) ?? []);
  const isEmpty = (path: string): boolean =>
    ![...live().map((it) => it.path), ...directories].some((it) => it.startsWith(`${path}/`));
  const keep = (path: StorePath, content: Uint8Array | null, options: WriteOptions): Kept => {
    changes += 1;
    const { contentType, metadata } = options;
    const kept: Kept = {
      path,
      size: content?.byteLength ?? 0,
      modifiedAt: now(),
      etag: createHash("sha256")
        .update(content ?? "")
        .digest("hex"),
      ...(contentType !== undefined && { contentType }),
      ...(metadata !== undefined && { metadata }),
      version: String(changes),
      content,
    };
    files.set(path, [...(files.get(path) ?? []), kept]);
    return kept;
  };
  const write = async (path: StorePath, body: Body, options: WriteOptions): Promise<Written> => {
    const content = await collect(body);
    options.signal?.throwIfAborted();
    // From here on nothing waits, so that the check and the change are one step.
    assertConditions(path, current(path), options);
    const { etag, size, version } = keep(path, content, options);
    return { etag, size, version };
  };

  return {
    describe: () => "memory",
    stat: async (path) => {
      const kept = current(storePath(path));
      return kept && infoOf(kept);
    },
    list: async (directory, options = {}) => {
      return listPage({ files: live(), directories }, directoryPath(directory), options);
    },
    read: async (path, options = {}) => {
      const checked = storePath(path);
      const kept = pick(files.get(checked) ?? [], options.version);
      if (!kept?.content) throw notFound(checked);
      return openKept(kept, kept.content, options);
    },
    write: async (path, body, options = {}) => write(storePath(path), body, options),
    copy: async (from, to, options = {}) => {
      const target = storePath(to);
      const source = current(storePath(from));
      if (!source?.content) throw notFound(storePath(from));
      const { contentType, metadata } = source;
      return write(target, source.content, {
        ...options,
        ...(contentType !== undefined && { contentType }),
        ...(metadata !== undefined && { metadata }),
      });
    },
    delete: async (path, options = {}) => {
      const checked = storePath(path);
      if (options.version !== undefined) return dropVersion(files, checked, options.version);
      const kept = current(checked);
      assertConditions(checked, kept, options);
      if (kept) keep(checked, null, {});
      return kept !== null;
    },
    makeDirectory: async (path) => void directories.add(storePath(path)),
    removeDirectory: async (path) => isEmpty(storePath(path)) && directories.delete(storePath(path)),
    hasDirectory: async (path) => !isEmpty(storePath(path)) || directories.has(storePath(path)),
    versions: async (path) => versionsOf(files.get(storePath(path)) ?? []),
  };
}

async function collect(body: Body): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of bodyChunks(body)) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

function assertConditions(path: StorePath, kept: Kept | null, conditions: Conditions): void {
  if (conditions.ifNoneMatch === "*" && kept) throw conflict(path, { ifNoneMatch: "*" });
  if (conditions.ifMatch !== undefined && kept?.etag !== conditions.ifMatch) throw conflict(path, conditions);
}

function infoOf({ content: _content, version: _version, ...info }: Kept): FileInfo {
  return info;
}

function pick(kept: readonly Kept[], version: string | undefined): Kept | undefined {
  return version === undefined ? kept.at(-1) : kept.find((it) => it.version === version);
}

function openKept(kept: Kept, content: Uint8Array, { range }: ReadOptions): OpenFile {
  const { start, end } = resolveRange(range, content.byteLength, kept.path);
  async function* bytes(): AsyncGenerator<Uint8Array> {
    if (end > start) yield content.slice(start, end);
  }
  return { ...infoOf(kept), bytes: bytes(), close: async () => undefined };
}

function listPage(
  { files, directories }: { readonly files: readonly Kept[]; readonly directories: ReadonlySet<string> },
  directory: StorePath | "",
  options: ListOptions,
): ListPage {
  const limit = pageLimit(options);
  const prefix = directory === "" ? "" : `${directory}/`;
  const byKey = new Map<string, ListEntry>();
  for (const { path, size, modifiedAt } of files.filter((file) => file.path.startsWith(prefix))) {
    const slash = path.indexOf("/", prefix.length);
    if (options.recursive === true || slash === -1) byKey.set(path, { kind: "file", path, size, modifiedAt });
    else byKey.set(path.slice(0, slash + 1), { kind: "directory", path: path.slice(0, slash) });
  }
  for (const path of directories) {
    if (options.recursive === true || !path.startsWith(prefix)) continue;
    const slash = path.indexOf("/", prefix.length);
    const shown = slash === -1 ? path : path.slice(0, slash);
    byKey.set(`${shown}/`, { kind: "directory", path: shown });
  }
  const rest = [...byKey]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .filter(([key]) => compareCodePoints(key, options.cursor ?? "") > 0)
    .filter(([, { path }]) => options.match?.(path.slice(path.lastIndexOf("/") + 1)) !== false);
  const page = rest.slice(0, limit);
  const entries = page.map(([, entry]) => entry);
  const last = page.at(-1);
  return last && rest.length > limit ? { entries, next: last[0] } : { entries };
}

function dropVersion(files: Map<string, Kept[]>, path: StorePath, version: string): boolean {
  const kept = files.get(path) ?? [];
  const left = kept.filter((it) => it.version !== version);
  files.set(path, left);
  return left.length < kept.length;
}

function versionsOf(kept: readonly Kept[]): FileVersion[] {
  return kept
    .map(({ version, modifiedAt, etag, size, content }, index) => ({
      version,
      isLatest: index === kept.length - 1,
      isDeletion: content === null,
      modifiedAt,
      ...(content && { etag, size }),
    }))
    .toReversed();
}

function notFound(path: StorePath): StorageError {
  return new StorageError("STORAGE_NOT_FOUND", `cannot read "${path}": no such file; check the path`, {
    details: { path },
  });
}
