import { afterAll, beforeAll, it } from "vitest";
import { describeWith, POSTGRES } from "../../../tests/requirements.ts";
import { startPostgres, type TestPostgres } from "../../../tests/support/postgres.ts";
import { openPostgres } from "../src/index.ts";
import { expectIndexes, keepStatements } from "./plans.ts";
import { triggersContract } from "./triggers-contract.ts";

describeWith(POSTGRES, "Postgres", () => {
  let server: TestPostgres | undefined;
  const statements = keepStatements();
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  triggersContract("triggers", async () => {
    const url = (await server?.newDatabase()) ?? "";
    return [statements.of(await openPostgres(url)), statements.of(await openPostgres(url))];
  });
  it("goes by indexes, planned on empty tables", async () =>
    expectIndexes((await server?.newDatabase()) ?? "", statements));
});
