import type pg from "pg";

/** One connection that waits for notifications, and comes back when it breaks. */
export interface PostgresListener {
  listen(channel: string, onNotified: (payload: string) => void): Promise<AsyncDisposable>;
  close(): Promise<void>;
}

/** How long to wait before a broken connection is made again, in milliseconds. */
const AGAIN_MS = 1000;

/** Makes a listener that connects at the first use. */
export function createListener(newClient: () => pg.Client): PostgresListener {
  const callbacks = new Map<string, Set<(payload: string) => void>>();
  let client: Promise<pg.Client> | undefined;
  let current: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let isClosed = false;

  const notify = (channel: string, payload: string): void => {
    for (const onNotified of callbacks.get(channel) ?? []) onNotified(payload);
  };
  const connect = async (): Promise<pg.Client> => {
    const fresh = newClient();
    fresh.on("notification", ({ channel, payload = "" }) => {
      notify(channel, payload);
    });
    // A server that ends says so, and its connection breaks: two errors, and one that nobody hears ends the process.
    fresh.on("error", () => comeBack(fresh));
    fresh.once("end", () => comeBack(fresh));
    current = fresh;
    await fresh.connect();
    for (const channel of callbacks.keys()) await fresh.query(`listen "${channel}"`);
    return fresh;
  };
  const comeBack = (broken?: pg.Client): void => {
    // One that was replaced in the meantime has nothing to say any more.
    if (broken !== undefined && broken !== current) return;
    client = undefined;
    current = undefined;
    if (isClosed || again !== undefined) return;
    again = setTimeout(() => {
      again = undefined;
      client = connect();
      client.then(
        () => {
          for (const channel of callbacks.keys()) notify(channel, "");
        },
        () => comeBack(),
      );
    }, AGAIN_MS);
  };

  return {
    async listen(channel, onNotified) {
      const waiting = callbacks.get(channel) ?? new Set();
      callbacks.set(channel, waiting.add(onNotified));
      client ??= connect();
      await (await client).query(`listen "${channel}"`);
      return { [Symbol.asyncDispose]: () => Promise.resolve(void waiting.delete(onNotified)) };
    },
    async close() {
      isClosed = true;
      clearTimeout(again);
      const open = await client?.catch(() => undefined);
      await open?.end();
    },
  };
}
