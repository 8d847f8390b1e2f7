import { afterAll, beforeAll, it } from "vitest";
import { describeWith, POSTGRES } from "../../../tests/requirements.ts";
import { startPostgres, type TestPostgres } from "../../../tests/support/postgres.ts";
import { openPostgres } from "../src/index.ts";
import { expectIndexes, keepStatements } from "./plans.ts";
import { coreContract } from "./core-contract.ts";
import { labelsContract } from "./labels-contract.ts";
import { runnersContract } from "./runners-contract.ts";

describeWith(POSTGRES, "Postgres", () => {
  let server: TestPostgres | undefined;
  const statements = keepStatements();
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  coreContract("the core", async () =>
    statements.of(await openPostgres((await server?.newDatabase()) ?? "")),
  );
  labelsContract("labels", async () =>
    statements.of(await openPostgres((await server?.newDatabase()) ?? "")),
  );
  runnersContract("runners", async () =>
    statements.of(await openPostgres((await server?.newDatabase()) ?? "")),
  );
  it("goes by indexes, planned on empty tables", async () =>
    expectIndexes((await server?.newDatabase()) ?? "", statements));
});
