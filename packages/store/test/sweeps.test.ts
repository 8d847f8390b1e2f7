import { afterAll, beforeAll } from "vitest";
import { describeWith, POSTGRES } from "../../../tests/requirements.ts";
import { startPostgres, type TestPostgres } from "../../../tests/support/postgres.ts";
import { openPostgres } from "../src/index.ts";
import { sweepsContract } from "./sweeps-contract.ts";

describeWith(POSTGRES, "Postgres", () => {
  let server: TestPostgres | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  sweepsContract("sweeps", async () => openPostgres((await server?.newDatabase()) ?? ""));
});
