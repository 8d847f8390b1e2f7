import { expect, it } from "vitest";
import { coalesce } from "./coalesce.ts";

it("begins the work once more for all who came while it ran, and tells them of that", async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const write = coalesce(async () => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
  });
  const first = write();
  const late = [write(), write(), write()];
  expect(new Set(late).size).toBe(1);
  expect(gates).toHaveLength(1);
  gates[0]?.reject(new Error("no room"));
  await expect(first).rejects.toThrow("no room");
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.resolve();
  await Promise.all(late);

  const again = write();
  expect(gates).toHaveLength(3);
  gates[2]?.resolve();
  await again;
});
