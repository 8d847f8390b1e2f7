import { openS3Store } from "../src/index.ts";
import type { StoreUnderTest } from "../testing/contract/store-under-test.ts";
import { startMoto } from "../testing/start-moto.ts";

/** Makes a bucket a store to be tested, with this many files in its directory `many`. */
export async function openS3StoreUnderTest(count: number): Promise<StoreUnderTest> {
  const root = "some/where";
  const moto = await startMoto({ prefix: `${root}/many/`, count });
  const store = openS3Store({ ...moto.options, bucket: moto.bucket, root });
  return {
    store,
    keepsMetadata: true,
    largestPiece: 1024 * 1024,
    fill: async () => undefined,
    dispose: async () => {
      store[Symbol.dispose]();
      await moto[Symbol.asyncDispose]();
    },
  };
}
