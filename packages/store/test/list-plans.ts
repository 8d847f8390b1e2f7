import { expect } from "vitest";
import { type Driver, listRuns, type ListRunsOptions, migrate, type Row } from "../src/index.ts";
import { at } from "./core.ts";

/** What is asked of a list, and the indexes by which it is found: with the runs of sweeps, and without. */
const EXPECTED: readonly (readonly [Partial<ListRunsOptions>, all: string, alone: string])[] = [
  [{}, "run_pkey", "run_alone"],
  [{ status: "lost" }, "run_by_status", "run_alone_by_status"],
  [{ path: "/a" }, "run_by_path", "run_alone_by_path"],
  [{ path: "/a", status: "running" }, "run_by_path", "run_alone_by_path"],
  [{ owner: "b" }, "run_by_owner", "run_alone_by_owner"],
  [{ tag: "t" }, "run_tag_pkey", "run_tag_alone"],
];

/**
 * Has every list planned where nearly all runs are alike, and expects that each goes by the index of what is asked
 * for: that of all would be read to its end for what no run has.
 */
export async function expectListIndexes(driver: Driver): Promise<void> {
  await migrate(driver, { now: at(0) });
  await driver.query(
    `insert into run (id, owner, status, path, source_hash, parameters, request_sha256, attempt, settings, tags, created_at)
     select lpad(to_hex(n), 32, '0')::uuid, 'a', case when n % 20 = 0 then 'failed' else 'succeeded' end, '/b', '0', '{}', '0', 1,
       '{}', '{u}', now() from generate_series(1, 20000) as n`,
  );
  await driver.query("insert into run_tag (tag, run_id, alone_tag) select 'u', id, 'u' from run");
  await driver.query("analyze");
  const found = async (
    options: Partial<ListRunsOptions>,
    hasChildren: boolean,
  ): Promise<string | undefined> => {
    let plan: readonly Row[] = [];
    const explaining = {
      async query(sql: string) {
        plan = await driver.query(`explain (generic_plan) ${sql}`);
        return [];
      },
    };
    await listRuns(explaining, { limit: 51, hasChildren, before: "", ...options });
    const lines = plan.map((row) => String(row["QUERY PLAN"]));
    return lines.flatMap((line) => / using (\S+) on run/.exec(line)?.[1] ?? []).at(0);
  };
  const indexes = [];
  for (const [options] of EXPECTED)
    indexes.push([options, await found(options, true), await found(options, false)]);
  expect(indexes).toEqual(EXPECTED);
}
