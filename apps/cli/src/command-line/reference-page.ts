import type { Command, OptionDefinition } from "./command.ts";
import { HELP_OPTION, VERBOSE_OPTION } from "./help-text.ts";

/** The page docs/reference/cli.md, made from the commands themselves. */
export function referencePage(commands: readonly Command[]): string {
  return `# Command line

Made from the source; a test holds it to the commands.

Every command also takes \`${VERBOSE_OPTION.flags.join(", ")}\` (${lower(VERBOSE_OPTION.help)}) and \`${HELP_OPTION.flags.join(", ")}\`.
The exit code is 0 when all went well, 1 when something failed, 2 when the command line is wrong, 138 when the kernel died, and 130 or 143 after SIGINT or SIGTERM.
What \`notemill run --json\` writes is in [events](events.md).

${commands.map(commandSection).join("\n")}`;
}

function commandSection(command: Command): string {
  const { name, summary, description, examples = [] } = command;
  const parts = [
    `## notemill ${name}`,
    `${summary}.`,
    ...(description === undefined ? [] : [description]),
    ...table(
      "Argument",
      command.arguments.map(({ name: argument, help, optional, many }) => [
        `\`${argument}\`${many === true ? " …" : ""}`,
        optional === true ? `${help} Optional.` : help,
      ]),
    ),
    ...table(
      "Option",
      command.options.map((option) => [optionCell(option), option.help]),
    ),
    ...examples.map(([line, does]) => `\`\`\`sh\n# ${does}\n${line}\n\`\`\``),
  ];
  return `${parts.join("\n\n")}\n`;
}

function table(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(([head, help]) => `| ${head} | ${help.replaceAll("|", "\\|")} |`);
  return [`| ${title} | Meaning |\n| --- | --- |\n${lines.join("\n")}`];
}

function optionCell({ flags, negatedFlags = [], values = [], repeatable }: OptionDefinition): string {
  const spelled = [...flags, ...negatedFlags].map((flag) => `\`${[flag, ...values].join(" ")}\``);
  return `${spelled.join(", ")}${repeatable === true ? " (repeatable)" : ""}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
