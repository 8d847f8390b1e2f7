import type { Command, OptionDefinition } from "./command.ts";
import { commandSections, GROUP_SUMMARIES } from "./command-sections.ts";
import { wrapText } from "./wrap-text.ts";

/** The help of one command: usage, what it does, arguments, options, examples. */
export function commandHelp(command: Command, columns: number): string {
  const width = Math.min(100, columns);
  const usage = command.arguments.map(({ name, optional, many }) => {
    const shown = many === true ? `${name}…` : name;
    return optional === true ? `[${shown}]` : shown;
  });
  const sections = [
    `Usage: notemill ${[command.name, "[OPTIONS]", ...usage].join(" ")}`,
    wrapText(`${command.summary}.`, width),
    ...(command.description === undefined ? [] : [paragraphs(command.description, width)]),
    ...section(
      "Arguments",
      command.arguments.map(({ name, help }) => [name, help] as const),
      width,
    ),
    ...section(
      "Options",
      [...command.options, VERBOSE_OPTION, HELP_OPTION].map((it) => [optionLabel(it), it.help] as const),
      width,
    ),
    ...examples(command, width),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Shows the help of a command. */
export const HELP_OPTION: OptionDefinition = {
  name: "help",
  flags: ["--help", "-h"],
  help: "Show this text.",
};
/** Shows more about an error. */
export const VERBOSE_OPTION: OptionDefinition = {
  name: "verbose",
  flags: ["--verbose"],
  help: "Show the stack and the causes of an error.",
};

/** The commands under headings, those of every day first; a group is one line. */
export function overviewHelp(
  commands: readonly Pick<Command, "name" | "summary">[],
  columns: number,
): string {
  const width = Math.min(100, columns);
  return `${[
    "Usage: notemill COMMAND [OPTIONS]",
    "Run notebooks with parameters, and keep what they made.",
    ...commandSections(commands).flatMap(([title, rows]) => section(title, rows, width)),
    wrapText(
      "notemill COMMAND --help tells more about one of them; notemill runs --help lists those of a group.",
      width,
    ),
  ].join("\n\n")}\n`;
}

/** The commands of one group. @param name - As `runs`. */
export function groupHelp(
  name: string,
  commands: readonly Pick<Command, "name" | "summary">[],
  columns: number,
): string {
  const rows = commands.map((it) => [it.name.slice(name.length + 1), `${it.summary}.`] as const);
  return `${[
    `Usage: notemill ${name} COMMAND [OPTIONS]`,
    `${GROUP_SUMMARIES[name] ?? name}.`,
    ...section("Commands", rows, Math.min(100, columns)),
    `notemill ${name} COMMAND --help tells more about one of them.`,
  ].join("\n\n")}\n`;
}

function section(title: string, rows: readonly (readonly [string, string])[], width: number): string[] {
  if (rows.length === 0) return [];
  const indent = Math.min(34, Math.max(...rows.map(([label]) => label.length)) + 4);
  const lines = rows.map(([label, help]) => {
    const text = wrapText(help, width - indent).replaceAll("\n", `\n${" ".repeat(indent)}`);
    const head = `  ${label}`;
    return head.length + 2 > indent
      ? `${head}\n${" ".repeat(indent)}${text}`
      : `${head.padEnd(indent)}${text}`;
  });
  return [`${title}:\n${lines.join("\n")}`];
}

function optionLabel({ flags, negatedFlags = [], values = [] }: OptionDefinition): string {
  const [long = "", ...others] = flags;
  const short = others.filter((flag) => !flag.startsWith("--"));
  return [[...short, long, ...negatedFlags].join(", "), ...values].join(" ");
}

function examples(command: Command, width: number): string[] {
  if (command.examples === undefined) return [];
  const lines = command.examples.map(([line, does]) => `  ${line}\n${wrapText(does, width - 6, "      ")}`);
  return [`Examples:\n${lines.join("\n")}`];
}

function paragraphs(text: string, width: number): string {
  return text
    .split("\n\n")
    .map((paragraph) => wrapText(paragraph, width))
    .join("\n\n");
}
