import { expect, it } from "vitest";
import { applyWorkflow, deleteWorkflow, migrate } from "../src/index.ts";
import { at, newId } from "./core.ts";
import { describeOnPostgres } from "./on-postgres.ts";
import { workflowsContract } from "./workflows-contract.ts";

describeOnPostgres(({ open, openTwo }) => {
  workflowsContract("workflows", openTwo);
  it("makes a workflow anew that is deleted while it is applied", async () => {
    await using driver = await open();
    await migrate(driver, { now: at(0) });
    const apply = (sha256: string) =>
      applyWorkflow(driver, {
        id: newId(),
        owner: "ann",
        name: "flow",
        definition: "{}",
        plan: "{}",
        sha256,
        by: "ann",
        now: at(0),
      });
    const { workflow } = await apply("first");
    const applied = await driver.tx(async (queries) => {
      await queries.query("select id from workflow where id = $1 for update", [workflow.id]);
      const applying = apply("second");
      const waiting = "select count(*)::int as count from pg_locks where not granted";
      for (let count = 0; count === 0;) count = Number((await driver.query(waiting))[0]?.["count"]);
      await queries.query("update workflow set deleted_at = $2 where id = $1", [workflow.id, at(1)]);
      return { applying };
    });
    expect(await applied.applying).toMatchObject({ kind: "created", version: { version: 1 } });
    expect(await deleteWorkflow(driver, workflow.id, at(2))).toBe(false);
  });
});
