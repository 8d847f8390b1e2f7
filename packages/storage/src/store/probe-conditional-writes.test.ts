import { describe, expect, it } from "vitest";
import { createMemoryStore } from "../testing/memory-store.ts";
import { probeConditionalWrites } from "./probe-conditional-writes.ts";
import type { Store, WriteOptions } from "./store.ts";

/** A store that leaves out some of the conditions, as servers do. */
function forgetful(pick: (options: WriteOptions) => WriteOptions): Store {
  const store = createMemoryStore();
  return { ...store, write: (path, body, options = {}) => store.write(path, body, pick(options)) };
}

describe("probeConditionalWrites", () => {
  it.each([
    ["honours both", forgetful((options) => options), { create: true, replace: true }],
    ["ignores both", forgetful(() => ({})), { create: false, replace: false }],
    [
      "ignores ifMatch",
      forgetful(({ ifNoneMatch }) => (ifNoneMatch ? { ifNoneMatch } : {})),
      { create: true, replace: false },
    ],
    [
      "never finds that an etag matches",
      forgetful(({ ifMatch, ...options }) => (ifMatch ? { ...options, ifMatch: `"${ifMatch}"` } : options)),
      { create: true, replace: false },
    ],
  ])("sees that a store %s, and leaves nothing", async (_what, store, expected) => {
    expect(await probeConditionalWrites(store, "probe")).toEqual(expected);
    expect(await store.stat("probe")).toBeNull();
  });

  it("passes on what else goes wrong", async () => {
    await expect(probeConditionalWrites(createMemoryStore(), "../probe")).rejects.toMatchObject({
      code: "STORAGE_PATH_INVALID",
    });
  });
});
