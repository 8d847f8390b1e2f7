/** Remembers the signatures that were seen, so that a message counts once. */
export interface ReplayGuard {
  /** Tells whether `signature` is new, and remembers it. */
  admit(signature: string): boolean;
}

/**
 * Makes a guard that remembers at least the last `capacity` signatures, and at most twice as many.
 *
 * A message older than that could be played back; jupyter_client forgets in the same way.
 */
export function createReplayGuard(capacity = 8_192): ReplayGuard {
  let recent = new Set<string>();
  let older = new Set<string>();
  return {
    admit(signature) {
      if (recent.has(signature) || older.has(signature)) return false;
      if (recent.size >= capacity) {
        older = recent;
        recent = new Set();
      }
      recent.add(signature);
      return true;
    },
  };
}
