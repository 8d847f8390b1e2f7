import { describeLargeStore } from "../testing/store-contract.ts";
import { openFsStoreUnderTest } from "./open-fs-store.ts";

describeLargeStore("a directory (checked-paths)", () => openFsStoreUnderTest("checked-paths"));
