/** Lets one at a time have something, in the order in which they asked. */
export interface Turns {
  /** Runs `body` when all before it are done. */
  take<T>(body: () => Promise<T>): Promise<T>;
}

/** Makes an empty queue. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(body) {
      const turn = last.then(body);
      // Whoever waits next does not care how this one ended.
      last = turn.then(
        () => undefined,
        () => undefined,
      );
      return turn;
    },
  };
}
