import { afterAll, beforeAll, describe } from "vitest";
import { testReadingAndWriting } from "./contract/reading-and-writing.ts";
import { testRanges } from "./contract/ranges.ts";
import { testConditions } from "./contract/conditions.ts";
import { testCopyingAndDeleting } from "./contract/copying-and-deleting.ts";
import { testListing } from "./contract/listing.ts";
import { testDirectories } from "./contract/directories.ts";
import { testPaths } from "./contract/paths.ts";
import { testFacts } from "./contract/facts.ts";
import { testLargeFiles } from "./contract/large-files.ts";
import { testManyFiles } from "./contract/many-files.ts";
import type { StoreUnderTest } from "./contract/store-under-test.ts";

/** What every {@link Store} does, whatever it is made of. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a store`, () => {
    let tested: StoreUnderTest;
    beforeAll(async () => {
      tested = await open();
    });
    afterAll(() => tested.dispose());

    testReadingAndWriting(() => tested);
    testRanges(() => tested);
    testConditions(() => tested);
    testCopyingAndDeleting(() => tested);
    testListing(() => tested);
    testDirectories(() => tested);
    testPaths(() => tested);
    testFacts(() => tested);
  });
}

/** What every {@link Store} does with much, which takes long. */
export function describeLargeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a large store`, () => {
    let tested: StoreUnderTest;
    beforeAll(async () => {
      tested = await open();
    });
    afterAll(() => tested.dispose());

    testManyFiles(() => tested);
    testLargeFiles(() => tested);
  });
}
