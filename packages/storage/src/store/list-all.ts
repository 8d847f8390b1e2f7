import type { ListEntry, ListOptions, Store } from "./store.ts";

/** Everything in a directory, page after page, so that memory holds one page. */
export async function* listAll(
  store: Store,
  directory: string,
  options: ListOptions = {},
): AsyncGenerator<ListEntry> {
  let { cursor } = options;
  do {
    const page = await store.list(directory, { ...options, ...(cursor !== undefined && { cursor }) });
    yield* page.entries;
    cursor = page.next;
  } while (cursor !== undefined);
}
