import { encodeWireJson, type Link } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill links list`: the share links that there are. */
export const listCommand: Command = {
  name: "links list",
  summary: "List share links, newest first: what they show, until when, and when they were opened last",
  arguments: [],
  options: [{ ...JSON_OPTION, help: "Print one JSON object per line." }, ...CONNECTION_OPTIONS],
  run: list,
};

async function list({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const links: Link[] = [];
  for (let before: string | null = ""; before !== null;) {
    const page = await client.listLinks(before === "" ? {} : { before });
    links.push(...page.links);
    before = page.next;
  }
  if (options.flag("json") === true) for (const link of links) stdout.write(`${encodeWireJson(link)}\n`);
  else if (links.length === 0) stdout.write("no links\n");
  else {
    const columns = ["Id", "Shows", "Of", "Ends", "Opened", "Note"].map((title) => ({ title }));
    const rows = links.map((link) => [
      link.id,
      link.code === "omit" ? `${link.kind}, no code` : link.kind,
      link.path ?? link.run_id ?? "",
      link.expires_at,
      link.last_used_at ?? "never",
      link.note,
    ]);
    stdout.write(`${textTable(columns, rows)}\n`);
  }
  return 0;
}
