import { afterAll, beforeAll, it } from "vitest";
import { describeWith, POSTGRES } from "../../../tests/requirements.ts";
import { startPostgres, type TestPostgres } from "../../../tests/support/postgres.ts";
import { type Driver, openPostgres } from "../src/index.ts";
import { expectIndexes, keepStatements } from "./plans.ts";

/** Databases of one Postgres server. */
export interface OnPostgres {
  /** A driver of a new database. */
  readonly open: () => Promise<Driver>;
  /** Two drivers of one new database, as two servers have. */
  readonly openTwo: () => Promise<readonly [Driver, Driver]>;
}

/** Tests against a Postgres server of their own; all that they ask through `src` has to go by indexes. */
export function describeOnPostgres(tests: (postgres: OnPostgres) => void): void {
  describeWith(POSTGRES, "Postgres", () => {
    let server: TestPostgres | undefined;
    const statements = keepStatements();
    const newDatabase = async (): Promise<string> => (await server?.newDatabase()) ?? "";
    const openKept = async (url: string): Promise<Driver> => statements.of(await openPostgres(url));
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.[Symbol.asyncDispose]());
    tests({
      open: async () => openKept(await newDatabase()),
      async openTwo() {
        const url = await newDatabase();
        return [await openKept(url), await openKept(url)];
      },
    });
    it("goes by indexes, planned on empty tables", async () =>
      expectIndexes(await newDatabase(), statements));
  });
}
