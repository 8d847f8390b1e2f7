import { openS3Store } from "../src/index.ts";
import { startMoto } from "../testing/start-moto.ts";
import { describeStore } from "../testing/store-contract.ts";

describeStore("an S3 bucket", async () => {
  const root = "some/where";
  const moto = await startMoto({ prefix: `${root}/many/`, count: 5000 });
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
});
