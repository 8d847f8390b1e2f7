import { describe, expect, it } from "vitest";
import { probeConditionalWrites } from "../../src/index.ts";
import { textOf, type StoreUnderTest } from "./store-under-test.ts";

/** Of writers who race, one wins, and nobody overwrites what they did not read. */
export function testConditions(tested: () => StoreUnderTest): void {
  describe("conditions", () => {
    it("creates once", async () => {
      await tested().store.write("conditions/once", "first", { ifNoneMatch: "*" });
      await expect(
        tested().store.write("conditions/once", "second", { ifNoneMatch: "*" }),
      ).rejects.toMatchObject({
        code: "STORAGE_CONFLICT",
      });
      expect(await textOf(tested().store, "conditions/once")).toBe("first");
    });

    it("replaces only what was read", async () => {
      const { etag } = await tested().store.write("conditions/edited", "v1");
      const next = await tested().store.write("conditions/edited", "v2", { ifMatch: etag });
      await expect(tested().store.write("conditions/edited", "v3", { ifMatch: etag })).rejects.toMatchObject({
        code: "STORAGE_CONFLICT",
      });
      await tested().store.write("conditions/edited", "v4", { ifMatch: next.etag });
      expect(await textOf(tested().store, "conditions/edited")).toBe("v4");
    });

    it("does not replace what is gone", async () => {
      const { etag } = await tested().store.write("conditions/gone", "v1");
      await tested().store.delete("conditions/gone");
      await expect(tested().store.write("conditions/gone", "v2", { ifMatch: etag })).rejects.toMatchObject({
        code: "STORAGE_CONFLICT",
      });
      expect(await tested().store.stat("conditions/gone")).toBeNull();
    });

    it("lets one of ten creators win", async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) =>
          tested().store.write("conditions/raced", `writer ${i}`, { ifNoneMatch: "*" }),
        ),
      );
      const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await textOf(tested().store, "conditions/raced")).toBe(`writer ${winner}`);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "STORAGE_CONFLICT" });
      }
    });

    it("is found to honour conditions", async () => {
      expect(await probeConditionalWrites(tested().store, "conditions/probe")).toEqual({
        create: true,
        replace: true,
      });
      expect(await tested().store.stat("conditions/probe")).toBeNull();
    });
  });
}
