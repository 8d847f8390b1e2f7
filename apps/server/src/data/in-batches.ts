/** Options of {@link inBatches}. */
export interface BatchOptions<Item, Result> {
  /** What two items of one batch must not have in common. */
  readonly keyOf: (item: Item) => string;
  /** Does the work of a batch, all of it or nothing, and gives the results in the same order. */
  readonly work: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** The most items of a batch. Default 100. */
  readonly most?: number;
}

/** An item that waits, and who waits for it. */
interface Waiting<Item, Result> {
  readonly item: Item;
  readonly done: PromiseWithResolvers<Result>;
}

/**
 * Makes of work that costs little more for many than for one a function that many may
 * call at once: who comes alone is served at once, and who comes while a batch is being done
 * is in the next one. Where a batch cannot be done, each of its items is tried by itself.
 */
export function inBatches<Item, Result>({
  keyOf,
  work,
  most = 100,
}: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: readonly Waiting<Item, Result>[] = [];
  let isWorking = false;

  /** Takes the first items, none of a key twice; the rest keep their order. */
  const takeBatch = (): readonly Waiting<Item, Result>[] => {
    const keys = new Set<string>();
    const batch: Waiting<Item, Result>[] = [];
    const rest: Waiting<Item, Result>[] = [];
    for (const it of waiting) {
      const key = keyOf(it.item);
      if (batch.length === most || keys.has(key)) rest.push(it);
      else batch.push(it);
      keys.add(key);
    }
    waiting = rest;
    return batch;
  };
  const serve = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await work(batch.map(({ item }) => item));
      for (const [index, { done }] of batch.entries()) done.resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1) batch[0]?.done.reject(error);
      else for (const it of batch) await serve([it]);
    }
  };
  const serveAll = async (): Promise<void> => {
    isWorking = true;
    while (waiting.length > 0) await serve(takeBatch());
    isWorking = false;
  };
  return (item) => {
    const done = Promise.withResolvers<Result>();
    waiting = [...waiting, { item, done }];
    if (!isWorking) void serveAll();
    return done.promise;
  };
}
