import { afterAll, beforeAll } from "vitest";
import { describeWith, POSTGRES } from "../../../tests/requirements.ts";
import { startPostgres, type TestPostgres } from "../../../tests/support/postgres.ts";
import { openPostgres } from "../src/index.ts";
import { coreContract } from "./core-contract.ts";
import { labelsContract } from "./labels-contract.ts";

describeWith(POSTGRES, "Postgres", () => {
  let server: TestPostgres | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  coreContract("the core", async () => openPostgres((await server?.newDatabase()) ?? ""));
  labelsContract("labels", async () => openPostgres((await server?.newDatabase()) ?? ""));
});
