import { type AppliedWorkflow, encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { tellWarnings } from "../../progress/tell-warnings.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { FILE_OPTION, readDefinitionFile, reportProblems } from "./definition-file.ts";

/** `notemill workflows apply`: makes a file the active version of a workflow. */
export const applyCommand: Command = {
  name: "workflows apply",
  summary: "Make a file the active version of the workflow that it names",
  description:
    "The notebooks of the steps are read, checked and kept as they are now; runs of this version read them so. A file that changes nothing makes no version. Everything that is wrong is told, with its line.",
  arguments: [],
  options: [
    FILE_OPTION,
    { name: "dryRun", flags: ["--dry-run"], help: "Only check it, and say what would change." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill workflows apply -f nightly.yaml", "prints the version and what is new in it"]],
  async run(parsed, terminal) {
    const isDry = parsed.options.flag("dryRun") === true;
    return (await apply(parsed, terminal, { isDry })) === null ? 1 : 0;
  },
};

/** `notemill workflows diff`: says what applying a file would change. */
export const diffCommand: Command = {
  name: "workflows diff",
  summary: "Say what applying a file would change; the exit code is 1 where it is something",
  arguments: [],
  options: [FILE_OPTION, JSON_OPTION, ...CONNECTION_OPTIONS],
  async run(parsed, terminal) {
    const applied = await apply(parsed, terminal, { isDry: true });
    return applied?.outcome === "unchanged" ? 0 : 1;
  },
};

/** @returns Null where something is wrong with the file, which has been said. */
async function apply(
  { options }: ParsedCommandLine,
  terminal: Terminal,
  { isDry }: { readonly isDry: boolean },
): Promise<AppliedWorkflow | null> {
  const file = await readDefinitionFile(options);
  const client = createClient(await findConnection(options, terminal));
  const { name, definition } = file;
  try {
    const applied = await client.applyWorkflow({ name, definition, dry_run: isDry });
    tellWarnings(applied.warnings, terminal);
    const text =
      options.flag("json") === true ? encodeWireJson(applied) : describeApplied(name, applied, isDry);
    terminal.stdout.write(`${text}\n`);
    return applied;
  } catch (error) {
    if (reportProblems(error, file, terminal)) return null;
    throw error;
  }
}

function describeApplied(
  name: string,
  { outcome, version, changes }: AppliedWorkflow,
  isDry: boolean,
): string {
  const what = `${name}: version ${version} ${isDry && outcome !== "unchanged" ? "would be " : ""}${outcome}`;
  const lines = changes.map(({ step, field, before, after }) => {
    const place = [step ?? "workflow", field].filter((it) => it !== "").join(".");
    return `  ${before === null ? "+" : after === null ? "-" : "~"} ${place}: ${values(before, after)}`;
  });
  return [what, ...lines].join("\n");
}

function values(before: string | null, after: string | null): string {
  return [before, after]
    .filter((it) => it !== null)
    .map(shorten)
    .join(" -> ");
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
