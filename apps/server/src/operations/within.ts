/** What an answer would have been is not known: it did not come in time. */
export class Late extends Error {
  override readonly name = "Late";
}

/**
 * An answer that comes within so many milliseconds.
 *
 * @throws {@link Late}, and what the answer is rejected with.
 */
export async function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Late("it does not answer")), ms);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
    // It may still fail, when nobody waits any more.
    answer.catch(() => undefined);
  }
}
