import { expect, it } from "vitest";
import { listAll } from "../../src/index.ts";
import { fillStore, gathered, type StoreUnderTest } from "./store-under-test.ts";

const MANY = 5000;

/** A directory of more files than a page has is listed whole. */
export function testManyFiles(tested: () => StoreUnderTest): void {
  it(`lists ${MANY} files, which is more than one page`, async () => {
    const names = Array.from({ length: MANY }, (_, i) => `many/${String(i).padStart(5, "0")}`);
    await (tested().fill ?? fillStore(tested().store))(names);
    const first = await tested().store.list("many");
    expect(first.entries).toHaveLength(1000);
    const all = await gathered(listAll(tested().store, "many"));
    expect(all.map(({ path }) => path)).toEqual(names);
  });
}
