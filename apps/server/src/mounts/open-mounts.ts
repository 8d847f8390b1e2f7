import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isCodedError } from "@notemill/errors";
import { openFsStore, openS3Store, probeConditionalWrites, type Store } from "@notemill/storage";
import { ServerError } from "../server-error.ts";
import { isApart } from "./is-apart.ts";
import type { Mount } from "./mount-table.ts";

/** Somebody's wish for a mount. */
export interface MountOption {
  /** As `/data`. */
  readonly prefix: string;
  /** A directory, `file:///DIRECTORY`, or `s3://BUCKET/PATH`. */
  readonly url: string;
}

/** What mounts are opened beside. */
interface MountPlace {
  readonly started: AsyncDisposableStack;
  /** The server's own, which no mount shows. */
  readonly dataDirectory: string;
}

/**
 * Opens stores that nobody changes, of which one may be all there is: `/`. Nothing is written to them.
 *
 * @param place.env - Variables by which buckets are reached.
 * @throws {@link ServerError} `MOUNT_INVALID`.
 */
export async function openViewOnlyMounts(
  asked: readonly MountOption[],
  place: MountPlace & { readonly env: Readonly<Record<string, string | undefined>> },
): Promise<readonly Mount[]> {
  const { env, started, dataDirectory } = place;
  const mounts: Mount[] = [];
  for (const option of asked) {
    const prefix = option.prefix === "/" ? "" : option.prefix;
    if (prefix === "" && asked.length > 1)
      throw invalid(option, "it holds everything, so it is the only one");
    if (prefix !== "") checkPrefix(option, mounts);
    if (!isBucket(option)) await checkApart(option, dataDirectory);
    const store = isBucket(option) ? started.use(openBucket(option, env)) : openFsStore(directoryOf(option));
    await store.list("", { limit: 1 }).catch((error: unknown) => {
      throw invalid(option, error instanceof Error ? error.message : String(error));
    });
    mounts.push({ prefix, store, isReadOnly: true });
  }
  return mounts;
}

/**
 * Opens stores for the virtual file system. One that does not honour conditional
 * writes is refused: saves through it could be lost.
 *
 * @param builtIn - Mounts that there are anyway; one of the same prefix takes the place of one of them.
 * @throws {@link ServerError} `MOUNT_INVALID`.
 */
export async function openMounts(
  asked: readonly MountOption[],
  builtIn: readonly Mount[],
  { started, dataDirectory }: MountPlace,
): Promise<readonly Mount[]> {
  const mounts: Mount[] = [];
  for (const option of asked) {
    const { prefix } = option;
    checkPrefix(option, mounts);
    if (builtIn.some((it) => it.prefix === prefix && it.isReadOnly === true))
      throw invalid(option, "it is the server's own");
    if (!isBucket(option)) await checkApart(option, dataDirectory);
    const store = await openStore(option, started);
    mounts.push({ prefix, store });
  }
  const kept = builtIn.filter(({ prefix }) => !mounts.some((it) => it.prefix === prefix));
  for (const [index, option] of asked.entries()) {
    const around = kept.find((it) => isNested(it.prefix, mounts[index]?.prefix ?? ""));
    if (around !== undefined) throw invalid(option, `it lies in ${around.prefix}, or around it`);
  }
  return [...kept, ...mounts];
}

/** The directories of this machine that mounts show. @throws {@link ServerError} `MOUNT_INVALID`. */
export function mountedDirectories(asked: readonly MountOption[]): readonly string[] {
  return asked.filter((option) => !isBucket(option)).map(directoryOf);
}

function checkPrefix(option: MountOption, before: readonly Mount[]): void {
  const { prefix } = option;
  if (!/^(\/[\p{L}\p{N}_][\p{L}\p{N}_.-]*)+$/u.test(prefix) || prefix.normalize("NFC") !== prefix)
    throw invalid(option, "a prefix is like /data or /home/ann");
  const other = before.find((it) => it.prefix === prefix || isNested(it.prefix, prefix));
  if (other !== undefined) throw invalid(option, `there is ${other.prefix} already`);
}

async function checkApart(option: MountOption, dataDirectory: string): Promise<void> {
  if (await isApart(directoryOf(option), dataDirectory)) return;
  throw invalid(
    option,
    `it would show the data directory "${dataDirectory}", which has the server's tokens and keys; mount another directory, or put the data elsewhere with --data`,
  );
}

function isNested(one: string, other: string): boolean {
  return one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

async function openStore(option: MountOption, started: AsyncDisposableStack): Promise<Store> {
  try {
    const store = isBucket(option)
      ? started.use(openBucket(option, process.env))
      : await openDirectory(option);
    const found = await probeConditionalWrites(store, `notemill-probe-${randomUUID()}`);
    if (found.create && found.replace) return store;
  } catch (error) {
    if (!isCodedError(error) || error instanceof ServerError) throw error;
    throw new ServerError("MOUNT_INVALID", `cannot mount ${describe(option)}: ${error.message}`, {
      cause: error,
    });
  }
  throw invalid(option, "it does not honour conditional writes, so saves could be lost");
}

function openBucket(
  option: MountOption,
  env: Readonly<Record<string, string | undefined>>,
): ReturnType<typeof openS3Store> {
  const [, bucket, root = ""] = /^s3:\/\/([^/]+)(?:\/(.*?))?\/?$/i.exec(option.url) ?? [];
  if (bucket === undefined) throw invalid(option, "write s3://BUCKET or s3://BUCKET/PATH");
  return openS3Store({ bucket, root, env });
}

function isBucket({ url }: MountOption): boolean {
  return /^s3:/i.test(url);
}

function directoryOf(option: MountOption): string {
  const { url } = option;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url) && !url.startsWith("file://"))
    throw invalid(option, "a mount is a directory, file:///DIRECTORY or s3://BUCKET/PATH");
  return url.startsWith("file://") ? fileURLToPath(url) : resolve(url);
}

async function openDirectory(option: MountOption): Promise<Store> {
  const directory = directoryOf(option);
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw invalid(option, error instanceof Error ? error.message : String(error));
  });
  return openFsStore(directory);
}

function describe({ prefix, url }: MountOption): string {
  return `"${prefix}" at "${url}"`;
}

function invalid(option: MountOption, why: string): ServerError {
  return new ServerError("MOUNT_INVALID", `cannot mount ${describe(option)}: ${why}`, {
    details: { prefix: option.prefix },
  });
}
