import { describeLargeStore, describeStore } from "../testing/store-contract.ts";
import { openFsStoreUnderTest } from "./open-fs-store.ts";

for (const traversal of ["descriptors", "checked-paths"] as const)
  describeStore(`a directory (${traversal})`, () => openFsStoreUnderTest(traversal));
describeLargeStore("a directory", () => openFsStoreUnderTest("descriptors"));
