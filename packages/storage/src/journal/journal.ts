import { constants, type FileHandle, open, readFile, rm } from "node:fs/promises";
import { errnoError } from "../files/errno-error.ts";
import { writeChunks } from "../files/write-chunks.ts";

/**
 * An append-only file of JSON texts, one a line.
 *
 * Calls take effect in order, and need not wait for one another. After a call
 * has failed the file ends with the last whole line, and later calls may succeed.
 */
export interface Journal extends AsyncDisposable {
  /** Adds one JSON text; when this resolves, it survives the death of the process. */
  append(text: string, options?: AppendOptions): Promise<void>;
  /** Drops everything so far: a whole save has taken it up. */
  truncate(): Promise<void>;
  close(): Promise<void>;
  /** Closes the journal and deletes its file. */
  remove(): Promise<void>;
}

/** Options of {@link Journal.append}. */
export interface AppendOptions {
  /** Return only when the line would survive a power cut. Default false. */
  readonly durable?: boolean;
}

const NEWLINE = 0x0a;

/**
 * Opens the journal at `path` for appending, and creates it if need be.
 *
 * A line that a crash cut short is removed first. Only the owner may read the
 * file, and a symbolic link in its place is refused. One process writes a journal.
 *
 * @throws {@link StorageError}
 */
export async function openJournal(path: string): Promise<Journal> {
  return guarded(path, async () => {
    const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
    const handle = await open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600);
    const size = wholeLines(await handle.readFile()).byteLength;
    await handle.truncate(size);
    return journalOn(handle, size, path);
  });
}

/**
 * The texts in the journal at `path`; none where there is no such file.
 *
 * A last line that a crash cut short is left out, and so is everything from the
 * first line with a NUL, which is what a power cut leaves of unwritten blocks.
 *
 * @throws {@link StorageError}
 */
export async function readJournal(path: string): Promise<string[]> {
  try {
    const lines = wholeLines(await readFile(path))
      .toString("utf8")
      .split("\n");
    return lines.slice(0, -1);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw errnoError(error, "read", path);
  }
}

function journalOn(handle: FileHandle, startSize: number, path: string): Journal {
  let size = startSize;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = (body: () => Promise<void>): Promise<void> => {
    const turn = last.then(() => guarded(path, body));
    last = turn.catch(() => undefined);
    return turn;
  };
  const close = (): Promise<void> => inTurn(() => handle.close());

  return {
    append: (text, { durable = false } = {}) =>
      inTurn(async () => {
        // Outside of its strings JSON takes a space for a line break, and inside there are none.
        const line = `${text.replaceAll(/[\r\n]/g, " ")}\n`;
        try {
          size += await writeChunks(handle, [line], { at: size });
        } catch (error) {
          await handle.truncate(size).catch(() => undefined);
          throw error;
        }
        if (durable) await handle.datasync();
      }),
    truncate: () =>
      inTurn(async () => {
        await handle.truncate(0);
        size = 0;
      }),
    close,
    remove: async () => {
      await close();
      // Whoever found the file final may have been faster.
      await guarded(path, () => rm(path, { force: true }));
    },
    [Symbol.asyncDispose]: close,
  };
}

function wholeLines(bytes: Buffer): Buffer {
  const nul = bytes.indexOf(0);
  const sound = nul === -1 ? bytes : bytes.subarray(0, nul);
  return sound.subarray(0, sound.lastIndexOf(NEWLINE) + 1);
}

async function guarded<T>(path: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw errnoError(error, "write", path);
  }
}
