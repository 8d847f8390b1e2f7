import { it } from "vitest";
import { expectListIndexes } from "./list-plans.ts";
import { describeOnPostgres } from "./on-postgres.ts";
import { sweepsContract } from "./sweeps-contract.ts";

describeOnPostgres(({ open }) => {
  sweepsContract("sweeps", open);
  it("lists runs by the index of what is asked for, planned on many that are alike", async () => {
    await using driver = await open();
    await expectListIndexes(driver);
  });
});
