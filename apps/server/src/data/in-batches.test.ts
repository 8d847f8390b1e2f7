import { describe, expect, it } from "vitest";
import { inBatches } from "./in-batches.ts";

/** Work that notes its batches, and is done when it is told to. */
function make({ most = 100, bad = "", mostSize = Infinity } = {}) {
  const batches: (readonly string[])[] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const ask = inBatches<string, string>({
    keyOf: (item) => item.slice(0, 1),
    most,
    sizeOf: (item) => item.length,
    mostSize,
    async work(items) {
      batches.push(items);
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      if (items.includes(bad)) throw new Error(items.join(" "));
      return items.map((it) => it.toUpperCase());
    },
  });
  const goOn = async (): Promise<void> => {
    gates.shift()?.resolve();
    await new Promise(setImmediate);
  };
  return { batches, ask, goOn };
}

describe("work in batches", () => {
  it("serves who comes alone at once, and all that come meanwhile together", async () => {
    const { batches, ask, goOn } = make();
    const answers = Promise.all(["a", "b", "c"].map(ask));
    expect(batches).toEqual([["a"]]);
    await goOn();
    expect(batches).toEqual([["a"], ["b", "c"]]);
    await goOn();
    expect(await answers).toEqual(["A", "B", "C"]);
    void ask("d");
    expect(batches.at(-1)).toEqual(["d"]);
  });

  it("has no key twice in a batch, keeps the order of each, and no more than the most", async () => {
    const { batches, ask, goOn } = make({ most: 3 });
    const answers = Promise.all(["a1", "b1", "b2", "b3", "c1", "d1"].map(ask));
    for (let round = 0; round < 4; round += 1) await goOn();
    expect(batches).toEqual([["a1"], ["b1", "c1", "d1"], ["b2"], ["b3"]]);
    expect(await answers).toEqual(["A1", "B1", "B2", "B3", "C1", "D1"]);
  });

  it("lets no item fail by another one of its batch, and nobody wait for one that is tried alone", async () => {
    const { batches, ask, goOn } = make({ bad: "x" });
    const answers = Promise.allSettled(["a", "b", "x", "c"].map(ask));
    await goOn();
    await goOn();
    expect(batches).toEqual([["a"], ["b", "x", "c"], ["b"], ["x"], ["c"]]);
    const late = ask("d");
    const behind = ask("x2");
    expect(batches.at(-1)).toEqual(["d"]);
    for (let round = 0; round < 5; round += 1) await goOn();
    expect(batches.at(-1)).toEqual(["x2"]);
    expect((await answers).map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(await Promise.all([late, behind])).toEqual(["D", "X2"]);
  });

  it("has no more in a batch where their sizes come to the most", async () => {
    const { batches, ask, goOn } = make({ mostSize: 5 });
    const answers = Promise.all(["a", "b22", "c22", "d"].map(ask));
    for (let round = 0; round < 4; round += 1) await goOn();
    expect(batches).toEqual([["a"], ["b22", "c22"], ["d"]]);
    await answers;
  });
});
