import { describeLargeStore, describeStore } from "../../testing/store-contract.ts";
import { createMemoryStore } from "./memory-store.ts";

for (const describeAs of [describeStore, describeLargeStore]) {
  describeAs("memory", async () => ({
    store: createMemoryStore(),
    keepsMetadata: true,
    largestPiece: Infinity,
    dispose: async () => undefined,
  }));
}
