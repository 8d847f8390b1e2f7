import type { NoticeRule } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";

/** Who is told, and of what. What it is told besides is not the database's to know. */
export interface DeliveryRule extends NoticeRule {
  readonly id: string;
  /** The rest of the rule, as JSON. */
  readonly how: string;
}

/** Whose rules they are. */
export type RulesOf =
  | { readonly triggerId: string }
  | { readonly runId: string }
  | { readonly workflowRunId: string };

/** Gives a trigger, a run or a workflow-run other rules. */
export async function writeRules(
  queries: Queries,
  of: RulesOf,
  { owner, rules }: { readonly owner: string; readonly rules: readonly DeliveryRule[] },
): Promise<void> {
  const [column, id] = placeOf(of);
  if (rules.length === 0) {
    await queries.query(`delete from delivery_rules where ${column} = $1`, [id]);
    return;
  }
  await queries.query(
    `insert into delivery_rules (${column}, owner, rules) values ($1, $2, $3)
     on conflict (${column}) do update set rules = $3`,
    [id, owner, JSON.stringify(rules)],
  );
}

/** The rules of a trigger, a run or a workflow-run; none where there are none. */
export async function readRules(queries: Queries, of: RulesOf): Promise<readonly DeliveryRule[]> {
  const [column, id] = placeOf(of);
  const [row] = await queries.query(`select rules from delivery_rules where ${column} = $1`, [id]);
  return row === undefined ? [] : parseRules(row["rules"]);
}

function placeOf(of: RulesOf): readonly [column: string, id: string] {
  if ("triggerId" in of) return ["trigger_id", of.triggerId];
  return "runId" in of ? ["run_id", of.runId] : ["workflow_run_id", of.workflowRunId];
}

/** Changes the rules of a trigger. @returns What they are now, or null where there is no such trigger. */
export async function changeRules(
  driver: Driver,
  triggerId: string,
  change: (rules: readonly DeliveryRule[]) => readonly DeliveryRule[],
): Promise<readonly DeliveryRule[] | null> {
  return driver.tx(async (queries) => {
    // The trigger's row keeps two that come at once apart.
    const [trigger] = await queries.query(
      "select owner from trigger where id = $1 and deleted_at is null for update",
      [triggerId],
    );
    if (trigger === undefined) return null;
    const rules = change(await readRules(queries, { triggerId }));
    await writeRules(queries, { triggerId }, { owner: String(trigger["owner"]), rules });
    return rules;
  });
}

/** Reads rules of the database. */
export function parseRules(text: unknown): readonly DeliveryRule[] {
  return JSON.parse(String(text)) as readonly DeliveryRule[];
}
