import { encodeWireJson, type FileVersion } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { FILE_ARGUMENT, readVersion } from "./file-options.ts";

/** `notemill files versions`: lists the versions of a file. */
export const versionsCommand: Command = {
  name: "files versions",
  summary: "List the versions of a file, newest first",
  description:
    "Every save is one, with its author and time. A change that was not made through the server is found at the next look, and is one without an author. A file that the server has never changed has none.",
  arguments: [FILE_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: versions,
};

/** `notemill files diff`: compares versions of a file. */
export const diffCommand: Command = {
  name: "files diff",
  summary: "Compare a version of a file with another, or with the file as it is",
  description:
    "Notebooks are compared as text of their cells and outputs. The exit code is 1 where there are differences.",
  arguments: [
    FILE_ARGUMENT,
    { name: "FROM", help: "A version, by its number." },
    { name: "TO", help: "Another one. Default: the file as it is.", optional: true },
  ],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: diff,
};

/** `notemill files restore`: makes an earlier version the file again. */
export const restoreCommand: Command = {
  name: "files restore",
  summary: "Make an earlier version what is in the file, as a new version",
  arguments: [
    FILE_ARGUMENT,
    {
      name: "VERSION",
      help: "Its number. Default: the newest that has bytes, which undoes a deletion.",
      optional: true,
    },
  ],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: restore,
};

async function versions(
  { arguments: [path = ""], options }: ParsedCommandLine,
  terminal: Terminal,
): Promise<number> {
  const { stdout } = terminal;
  const client = createClient(await findConnection(options, terminal));
  const found: FileVersion[] = [];
  for (let before: number | undefined; ;) {
    const page = await client.listVersions(path, { limit: 200, ...(before === undefined ? {} : { before }) });
    found.push(...page.versions);
    if (page.next === null) break;
    before = page.next;
  }
  if (options.flag("json") === true) stdout.write(found.map((it) => `${encodeWireJson(it)}\n`).join(""));
  else stdout.write(found.length === 0 ? "no versions\n" : `${versionTable(found)}\n`);
  return 0;
}

function versionTable(found: readonly FileVersion[]): string {
  const columns = [
    { title: "Version", align: "right" as const },
    { title: "Time" },
    { title: "Author" },
    { title: "Change" },
    { title: "Bytes", align: "right" as const },
  ];
  const rows = found.map(({ version, created_at: at, author, change, size, other_path: other }) => [
    String(version),
    at,
    author ?? "(not by the server)",
    other === null ? change : `${change} ${change === "deleted" ? "to" : "from"} ${other}`,
    size === null ? "" : String(size),
  ]);
  return textTable(columns, rows);
}

async function diff(
  { arguments: [path = "", from = "", to], options }: ParsedCommandLine,
  terminal: Terminal,
): Promise<number> {
  const { stdout } = terminal;
  const asked = { from: readVersion(from), ...(to === undefined ? {} : { to: readVersion(to) }) };
  const client = createClient(await findConnection(options, terminal));
  const found = await client.diffFile(path, asked);
  if (options.flag("json") === true) stdout.write(`${encodeWireJson(found)}\n`);
  else if (found.diff !== null) stdout.write(found.diff);
  else if (!found.is_same) stdout.write("the versions are no text, and differ\n");
  return found.is_same ? 0 : 1;
}

async function restore(
  { arguments: [path = "", version], options }: ParsedCommandLine,
  terminal: Terminal,
): Promise<number> {
  const asked = { path, ...(version === undefined ? {} : { version: readVersion(version) }) };
  const client = createClient(await findConnection(options, terminal));
  const file = await client.restoreFile(asked);
  terminal.stdout.write(
    options.flag("json") === true ? `${encodeWireJson(file)}\n` : `${file.path}  version ${file.version}\n`,
  );
  return 0;
}
