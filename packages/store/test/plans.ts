import { expect } from "vitest";
import { type Driver, migrate, openPostgres, type Queries } from "../src/index.ts";
import { at } from "./core.ts";

/** Keeps the texts of statements that drivers run. */
export interface Statements {
  /** The same driver, whose statements are kept. */
  of(driver: Driver): Driver;
  readonly texts: ReadonlySet<string>;
}

/** No {@link Statements} yet. */
export function keepStatements(): Statements {
  const texts = new Set<string>();
  const kept = (queries: Queries): Queries => ({
    query(sql, values) {
      // What a test asks by itself does not count; who called is the third line.
      const isOurs = new Error().stack?.split("\n")[2]?.includes("/store/src/") === true;
      if (isOurs && /^\s*(select|with|insert|update|delete)\b/i.test(sql)) texts.add(sql);
      return queries.query(sql, values);
    },
  });
  return {
    of: (driver) => ({
      ...driver,
      ...kept(driver),
      tx: (body, options) => driver.tx((queries) => body(kept(queries)), options),
    }),
    texts,
  };
}

/**
 * Has every statement planned in a database that is empty, as one that lives long may have had it, and
 * expects that all of it goes by indexes: a plan is kept, and the tables grow.
 */
export async function expectIndexes(url: string, { texts }: Statements): Promise<void> {
  await using driver = await openPostgres(url);
  await migrate(driver, { now: at(0) });
  const partial = await driver.query(
    "select indexrelid::regclass::text as name from pg_index where indpred is not null",
  );
  const partialIndexes = new Set(partial.map(({ name }) => String(name)));
  const problems: string[] = [];
  for (const sql of texts) {
    const rows = await driver.query(`explain (generic_plan, format json) ${sql}`);
    const explained = rows as unknown as readonly {
      readonly "QUERY PLAN": readonly { readonly Plan: PlanNode }[];
    }[];
    const plan = explained.flatMap((row) => row["QUERY PLAN"].map(({ Plan }) => Plan));
    const found = plan.flatMap((node) => [...scansOf(node, partialIndexes)]);
    if (JSON.stringify(plan).includes("hashed SubPlan")) found.push("keeps a list of all in memory");
    if (found.length > 0) problems.push(`${found.join(", ")}:\n${sql}`);
  }
  expect(texts.size).toBeGreaterThan(0);
  expect(problems.join("\n\n")).toBe("");
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly PlanNode[];
}

/** What reads the whole of a table that may be large, unless it stops after some rows. */
function* scansOf(node: PlanNode, partialIndexes: ReadonlySet<string>, isCut = false): Generator<string> {
  const type = node["Node Type"];
  const table = node["Relation Name"];
  const index = node["Index Name"];
  const isWhole =
    type === "Seq Scan" ||
    (index !== undefined && node["Index Cond"] === undefined && !isCut && !partialIndexes.has(index));
  if (isWhole && table !== undefined && !SMALL.has(table)) yield `${type} of ${table}`;
  for (const child of node.Plans ?? [])
    yield* scansOf(
      child,
      partialIndexes,
      type === "Limit" || (isCut && type !== "Sort" && type !== "Aggregate"),
    );
}

/** Tables that stay small, and webhooks, of which all are read when they are sealed. */
const SMALL: ReadonlySet<string> = new Set(["migration", "record_head", "runner", "trigger_webhook"]);
