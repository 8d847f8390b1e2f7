import { encodeWireJson, type File } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";

/** `notemill files ls`: lists a directory of the server. */
export const lsCommand: Command = {
  name: "files ls",
  summary: "List a directory of the server",
  description: "Directories end with a slash. Without PATH it is your home; / shows what is mounted.",
  arguments: [
    { name: "PATH", help: "A directory, as ~/reports, /shared or /runs. Default ~.", optional: true },
  ],
  options: [
    { name: "long", flags: ["--long", "-l"], help: "Show sizes and times." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill files ls", "your notebooks"],
    ["notemill files ls -l /runs/ID/1", "the files of a record"],
  ],
  run: ls,
};

async function ls({ arguments: given, options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  for (let cursor: string | undefined; ;) {
    const page = await client.listFiles(given[0] ?? "~", {
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (options.flag("json") === true) {
      for (const entry of page.entries) stdout.write(`${encodeWireJson(entry)}\n`);
    } else if (page.entries.length > 0) {
      stdout.write(
        `${options.flag("long") === true ? longList(page.entries) : page.entries.map(shownName).join("\n")}\n`,
      );
    }
    if (page.next === null) return 0;
    cursor = page.next;
  }
}

function longList(entries: readonly File[]): string {
  const columns = [{ title: "Name" }, { title: "Bytes", align: "right" as const }, { title: "Changed" }];
  return textTable(
    columns,
    entries.map((entry) => [
      shownName(entry),
      entry.size === null ? "" : String(entry.size),
      entry.modified_at ?? "",
    ]),
  );
}

function shownName({ name, kind }: File): string {
  return kind === "directory" ? `${name}/` : name;
}
