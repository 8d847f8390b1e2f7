import { describeLargeStore } from "../testing/store-contract.ts";
import { openS3StoreUnderTest } from "./open-s3-store.ts";

describeLargeStore("an S3 bucket", () => openS3StoreUnderTest(5000));
