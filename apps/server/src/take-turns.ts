/**
 * Makes a rule by which work is done in the order in which it came.
 *
 * @param atOnce - How much of it is done at a time; the rest waits, however much it is.
 */
export function takeTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy < atOnce) busy += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) busy -= 1;
      // The place is handed on, so that nobody who comes now gets in between.
      else next();
    }
  };
}
