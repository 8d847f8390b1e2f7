/** Options of {@link inBatches}. */
export interface BatchOptions<Item, Result> {
  /** What two items of one batch must not have in common. */
  readonly keyOf: (item: Item) => string;
  /**
   * Does the work of a batch, all of it or nothing, and gives the results in the same order. With `alone`
   * there is one item, a batch with which could not be done: others do not wait for it.
   */
  readonly work: (items: readonly Item[], how: "together" | "alone") => Promise<readonly Result[]>;
  /** The most items of a batch. Default 100. */
  readonly most?: number;
  /** How large an item is. Default 0. */
  readonly sizeOf?: (item: Item) => number;
  /** A batch has no more items where their sizes come to this. Default: without limit. */
  readonly mostSize?: number;
}

/** An item that waits, and who waits for it. */
interface Waiting<Item, Result> {
  readonly item: Item;
  readonly done: PromiseWithResolvers<Result>;
}

/**
 * Makes of work that costs little more for many than for one a function that many may
 * call at once: who comes alone is served at once, and who comes while a batch is being done
 * is in the next one. Where a batch cannot be done, each of its items is tried by itself, beside
 * the batches that follow; of one key, items are done one behind the other.
 */
export function inBatches<Item, Result>({
  keyOf,
  work,
  most = 100,
  sizeOf = () => 0,
  mostSize = Infinity,
}: BatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: readonly Waiting<Item, Result>[] = [];
  const alone = new Set<string>();
  let isWorking = false;

  /** Takes the first items, none of a key twice; the rest keep their order. */
  const takeBatch = (): readonly Waiting<Item, Result>[] => {
    const keys = new Set(alone);
    const batch: Waiting<Item, Result>[] = [];
    const rest: Waiting<Item, Result>[] = [];
    let size = 0;
    for (const it of waiting) {
      const key = keyOf(it.item);
      if (batch.length === most || size >= mostSize || keys.has(key)) rest.push(it);
      else {
        batch.push(it);
        size += sizeOf(it.item);
      }
      keys.add(key);
    }
    waiting = rest;
    return batch;
  };
  const serveAlone = async ({ item, done }: Waiting<Item, Result>): Promise<void> => {
    const key = keyOf(item);
    alone.add(key);
    try {
      const [result] = await work([item], "alone");
      done.resolve(result as Result);
    } catch (error) {
      done.reject(error);
    }
    alone.delete(key);
    void serveAll();
  };
  const serve = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const items = batch.map(({ item }) => item);
      const results = await work(items, "together");
      for (const [index, { done }] of batch.entries()) done.resolve(results[index] as Result);
    } catch {
      for (const it of batch) void serveAlone(it);
    }
  };
  const serveAll = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) await serve(batch);
    isWorking = false;
  };
  return (item) => {
    const done = Promise.withResolvers<Result>();
    waiting = [...waiting, { item, done }];
    void serveAll();
    return done.promise;
  };
}
