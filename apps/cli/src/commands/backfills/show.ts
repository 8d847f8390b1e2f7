import { type BackfillSlotPage, encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { BACKFILL_ARGUMENT } from "./backfill-argument.ts";
import { backfillSlotsTable, describeBackfill } from "./describe-backfill.ts";

/** `notemill backfills show`: a backfill with its slots. */
export const showCommand: Command = {
  name: "backfills show",
  summary: "Show a backfill as a whole, and what became of each of its slots",
  arguments: [BACKFILL_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: show,
};

async function show(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const [id = ""] = parsed.arguments;
  const client = createClient(await findConnection(parsed.options, terminal));
  const backfill = await client.getBackfill(id);
  const slots: BackfillSlotPage["slots"][number][] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await client.listBackfillSlots(id, { limit: 200, ...(after ? { after } : {}) });
    slots.push(...page.slots);
    after = page.next;
  }
  const isJson = parsed.options.flag("json") === true;
  const text = isJson
    ? encodeWireJson({ ...backfill, slots })
    : `${describeBackfill(backfill)}\n\n${backfillSlotsTable(slots)}`;
  terminal.stdout.write(`${text}\n`);
  return 0;
}
