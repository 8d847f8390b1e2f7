/** Where a notebook is read from or written to, as a person names it: a path, a URL, or `-`. */
export interface Location {
  /**
   * Whether a later write takes the place of an earlier one.
   *
   * Where it does not (standard output, a pipe, a device), write once.
   */
  readonly rewritable: boolean;

  /** The absolute path, where this is a place on this machine's disk that can be rewritten. */
  readonly localPath?: string;

  /** The name to show to people and in messages, without passwords. */
  describe(): string;

  /** All bytes. @throws {@link StorageError} */
  read(options?: ReadLocationOptions): Promise<Uint8Array>;

  /** Replaces all bytes. @throws {@link StorageError} */
  write(chunks: Iterable<string | Uint8Array>, options?: WriteLocationOptions): Promise<void>;

  /**
   * Whether something is there that a write would replace; false where this cannot be told,
   * as of a web address and of what one may write and not read.
   *
   * @throws {@link StorageError}
   */
  exists(options?: ReadLocationOptions): Promise<boolean>;

  /**
   * Fails now if a write would fail later, and leaves nothing behind.
   *
   * @throws {@link StorageError} with the remedy in words.
   */
  checkWritable(options?: ReadLocationOptions): Promise<void>;
}

/** Options of {@link Location} reads and checks. */
export interface ReadLocationOptions {
  readonly signal?: AbortSignal;
}

/** Options of {@link Location} writes. */
export interface WriteLocationOptions extends ReadLocationOptions {
  /** Return only when the bytes would survive a power cut. Default false. */
  readonly durable?: boolean;
}
