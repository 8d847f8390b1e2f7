import {
  type BigIntStats,
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  openSync,
  read,
  write,
  writeSync,
} from "node:fs";
import { promisify } from "node:util";

/**
 * An open file of this machine. Its bytes are read, written and put on the disk by other threads, which
 * may take long; it is opened, closed and looked at, and little is written, without that detour, which
 * takes ten times as long as such a call.
 */
export interface Descriptor {
  stat(): BigIntStats;
  /** Gives how many bytes came into `buffer`; 0 at the end of the file. */
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<number>;
  /** Gives how many bytes were written, which may be fewer than `length`. */
  write(buffer: Uint8Array, offset: number, length: number, position: number): Promise<number>;
  /** Waits until its bytes are on the disk. */
  sync(): Promise<void>;
  chown(uid: number, gid: number): void;
  chmod(mode: number): void;
  /** Closes it, after what is being read and written; only the first call does. */
  close(): void;
}

const readInto = promisify(read);
const writeFrom = promisify(write);
const syncDescriptor = promisify(fsync);

/** What is copied to the system's memory at once. */
const LITTLE_BYTES = 16 * 1024;

/** Opens a file with the flags of `open`. @throws the system's error. */
export function openDescriptor(path: string, flags: number | string, mode?: number): Descriptor {
  const descriptor = openSync(path, flags, mode);
  let busy = 0;
  let isClosing = false;
  let isClosed = false;

  // Its number may soon be that of another file: nothing may be under way when it is closed.
  const closeIfIdle = (): void => {
    if (!isClosing || isClosed || busy > 0) return;
    isClosed = true;
    closeSync(descriptor);
  };
  const whileOpen = async <T>(body: () => Promise<T>): Promise<T> => {
    if (isClosing) throw new Error(`"${path}" is closed`);
    busy += 1;
    try {
      return await body();
    } finally {
      busy -= 1;
      closeIfIdle();
    }
  };
  return {
    stat: () => fstatSync(descriptor, { bigint: true }),
    read: (buffer, offset, length, position) =>
      whileOpen(async () => (await readInto(descriptor, buffer, offset, length, position)).bytesRead),
    write: (buffer, offset, length, position) =>
      whileOpen(async () =>
        length <= LITTLE_BYTES
          ? writeSync(descriptor, buffer, offset, length, position)
          : (await writeFrom(descriptor, buffer, offset, length, position)).bytesWritten,
      ),
    sync: () => whileOpen(() => syncDescriptor(descriptor)),
    chown: (uid, gid) => fchownSync(descriptor, uid, gid),
    chmod: (mode) => fchmodSync(descriptor, mode),
    close() {
      isClosing = true;
      closeIfIdle();
    },
  };
}
