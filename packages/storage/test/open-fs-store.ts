import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openFsStore } from "../src/index.ts";
import type { StoreUnderTest } from "../testing/contract/store-under-test.ts";

/** Makes a directory a store to be tested, which guards its paths in one of two ways. */
export async function openFsStoreUnderTest(
  traversal: "descriptors" | "checked-paths",
): Promise<StoreUnderTest> {
  const root = await mkdtemp(join(tmpdir(), "notemill-store-"));
  return {
    store: openFsStore(root, { traversal }),
    keepsMetadata: false,
    largestPiece: 256 * 1024,
    fill: async (paths) => {
      for (const path of paths) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), "");
      }
    },
    dispose: () => rm(root, { recursive: true }),
  };
}
