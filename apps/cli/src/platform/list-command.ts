import { shellWord } from "@notemill/executor";
import { encodeWireJson } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import { asTyped } from "../command-line/as-typed.ts";
import type { Command, OptionDefinition, OptionValues, ParsedCommandLine } from "../command-line/command.ts";
import { JSON_OPTION } from "../commands/runs/run-argument.ts";
import { textTable } from "../text-table.ts";
import { CONNECTION_OPTIONS, findConnection } from "./connect.ts";

/** How many of a list one page may have. */
export const LIMIT_OPTION: OptionDefinition = {
  name: "limit",
  flags: ["--limit"],
  values: ["N"],
  type: "integer",
  help: "At most so many, up to 200. Default 50.",
};

/** Where a page of a list begins, behind one of these. */
export function beforeOption(one: string, value: string, type?: "integer"): OptionDefinition {
  return {
    name: "before",
    flags: ["--before"],
    values: [value],
    ...(type === undefined ? {} : { type }),
    help: `Go on behind this ${one}: the next page.`,
  };
}

/** A page of a list that the server has more of when `next` is there. */
interface Page {
  readonly next: string | number | null;
}

type Rows = readonly (readonly string[])[];

/** What a {@link listCommand} lists. */
interface ListDefinition<Got extends Page> extends Pick<
  Command,
  "name" | "summary" | "description" | "arguments" | "examples"
> {
  /** Which of them are wanted. */
  readonly filters?: readonly OptionDefinition[];
  readonly before: OptionDefinition;
  readonly read: (client: PlatformClient, parsed: ParsedCommandLine) => Promise<Got>;
  readonly columns: readonly string[];
  readonly rows: (page: Got, client: PlatformClient) => Rows | Promise<Rows>;
  /** What is printed where nothing is listed. */
  readonly empty: string;
}

/** Makes the command that prints one page of a list, and how to get the next. */
export function listCommand<Got extends Page>(list: ListDefinition<Got>): Command {
  const { filters = [], before, read, columns, rows, empty, ...about } = list;
  const options = [...filters, LIMIT_OPTION, before, JSON_OPTION, ...CONNECTION_OPTIONS];
  return {
    ...about,
    options,
    async run(parsed, terminal) {
      const { stdout } = terminal;
      const client = createClient(await findConnection(parsed.options, terminal));
      const page = await read(client, parsed);
      if (parsed.options.flag("json") === true) {
        stdout.write(`${encodeWireJson(page)}\n`);
        return 0;
      }
      const found = await rows(page, client);
      const titles = columns.map((title) => ({ title }));
      stdout.write(found.length === 0 ? `${empty}\n` : `${textTable(titles, found)}\n`);
      if (page.next !== null)
        stdout.write(asTyped(olderOnes(list.name, options, parsed, page.next), terminal));
      return 0;
    },
  };
}

/** The line that says how to get the next page of the same list. */
export function olderOnes(
  name: string,
  options: readonly OptionDefinition[],
  parsed: ParsedCommandLine,
  next: string | number,
): string {
  const given = options.filter((it) => it.name !== "before" && parsed.options.isGiven(it.name));
  const words = [
    ...parsed.arguments.map(shellWord),
    ...given.flatMap((option) => wordsOf(option, parsed.options)),
    `--before ${next}`,
  ];
  return `\nolder ones: notemill ${name} ${words.join(" ")}\n`;
}

/** An option as it is typed. */
function wordsOf({ name, flags, values, type }: OptionDefinition, options: OptionValues): readonly string[] {
  const flag = flags[0] ?? "";
  if (values === undefined) return [flag];
  const value = type === undefined ? options.text(name) : options.number(name);
  return [flag, shellWord(`${value}`)];
}
