import { describeStore } from "../testing/store-contract.ts";
import { openS3StoreUnderTest } from "./open-s3-store.ts";

describeStore("an S3 bucket", () => openS3StoreUnderTest(0));
