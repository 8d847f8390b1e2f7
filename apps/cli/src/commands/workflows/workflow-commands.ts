import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import { encodeYaml } from "@notemill/parameters";
import type { Command } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { PAGE_OPTIONS, versionOf, WORKFLOW_ARGUMENT, workflowId } from "./workflow-argument.ts";

/** `notemill workflows list`: one page of the workflows of a server. */
export const listCommand: Command = {
  name: "workflows list",
  summary: "List the workflows of the server, newest first",
  arguments: [],
  options: [...PAGE_OPTIONS, JSON_OPTION, ...CONNECTION_OPTIONS],
  async run({ options }, terminal) {
    const { stdout } = terminal;
    const client = createClient(await findConnection(options, terminal));
    const before = options.text("before");
    const limit = options.number("limit");
    const page = await client.listWorkflows({
      ...(before === undefined ? {} : { before }),
      ...(limit === undefined ? {} : { limit }),
    });
    if (options.flag("json") === true) {
      stdout.write(`${encodeWireJson(page)}\n`);
      return 0;
    }
    const columns = ["Workflow", "Active", "Newest", "Last run", "Changed", "Id"].map((title) => ({ title }));
    const rows = page.workflows.map((it) => [
      it.name,
      `${it.active_version}`,
      `${it.newest_version}`,
      it.last_run?.status ?? "none yet",
      it.updated_at,
      it.id,
    ]);
    stdout.write(rows.length === 0 ? "no workflows\n" : `${textTable(columns, rows)}\n`);
    if (page.next !== null) stdout.write(`\nolder ones: notemill workflows list --before ${page.next}\n`);
    return 0;
  },
};

/** `notemill workflows show`: a workflow and its active version. */
export const showCommand: Command = {
  name: "workflows show",
  summary: "Show a workflow, its active version, and what its steps run",
  arguments: [WORKFLOW_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  async run(parsed, terminal) {
    const { options } = parsed;
    const [given = ""] = parsed.arguments;
    const client = createClient(await findConnection(options, terminal));
    const workflow = await client.getWorkflow(await workflowId(client, given));
    if (options.flag("json") === true) {
      terminal.stdout.write(`${encodeWireJson(workflow)}\n`);
      return 0;
    }
    const { version } = workflow;
    const facts = `Workflow  ${workflow.name}
Id        ${workflow.id}
Version   ${version.version} of ${workflow.newest_version}, by ${version.created_by} at ${version.created_at}`;
    const columns = ["Step", "Notebook", "Source"].map((title) => ({ title }));
    const rows = version.steps.map(({ key, path, source_hash: hash }) => [key, path, hash]);
    const steps = rows.length === 0 ? "" : `\n${textTable(columns, rows)}\n`;
    terminal.stdout.write(`${facts}\n${steps}\n${encodeYaml(version.definition)}`);
    return 0;
  },
};

/** `notemill workflows versions`: what a workflow was. */
export const versionsCommand: Command = {
  name: "workflows versions",
  summary: "List the versions of a workflow, newest first",
  arguments: [WORKFLOW_ARGUMENT],
  options: [
    ...PAGE_OPTIONS.map((it) =>
      it.name === "before" ? { ...it, values: ["VERSION"], type: "integer" as const } : it,
    ),
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  async run(parsed, terminal) {
    const { options } = parsed;
    const { stdout } = terminal;
    const [given = ""] = parsed.arguments;
    const client = createClient(await findConnection(options, terminal));
    const id = await workflowId(client, given);
    const before = options.number("before");
    const limit = options.number("limit");
    const page = await client.listWorkflowVersions(id, {
      ...(before === undefined ? {} : { before }),
      ...(limit === undefined ? {} : { limit }),
    });
    if (options.flag("json") === true) {
      stdout.write(`${encodeWireJson(page)}\n`);
      return 0;
    }
    const { active_version: active } = await client.getWorkflow(id);
    const columns = ["Version", "Made", "By", "Hash"].map((title) => ({ title }));
    const rows = page.versions.map((it) => [
      `${it.version}${it.version === active ? " (active)" : ""}`,
      it.created_at,
      it.created_by,
      it.sha256.slice(0, 12),
    ]);
    stdout.write(`${textTable(columns, rows)}\n`);
    if (page.next !== null)
      stdout.write(`\nolder ones: notemill workflows versions ${given} --before ${page.next}\n`);
    return 0;
  },
};

/** `notemill workflows activate`: goes back to a version. */
export const activateCommand: Command = {
  name: "workflows activate",
  summary: "Make another version of a workflow the active one: a rollback",
  arguments: [WORKFLOW_ARGUMENT, { name: "VERSION", help: "Number of the version." }],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  async run(parsed, terminal) {
    const { options } = parsed;
    const [given = "", version = ""] = parsed.arguments;
    const client = createClient(await findConnection(options, terminal));
    const workflow = await client.activateWorkflow(await workflowId(client, given), versionOf(version));
    const text = `${workflow.name}: version ${workflow.active_version} is active`;
    terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(workflow) : text}\n`);
    return 0;
  },
};

/** `notemill workflows export`: a version as the file that makes it. */
export const exportCommand: Command = {
  name: "workflows export",
  summary: "Print a version of a workflow as the YAML file that makes it",
  arguments: [WORKFLOW_ARGUMENT],
  options: [
    {
      name: "version",
      flags: ["--version"],
      values: ["N"],
      type: "integer",
      help: "Which one. Default: the active one.",
    },
    ...CONNECTION_OPTIONS,
  ],
  async run(parsed, terminal) {
    const { options } = parsed;
    const [given = ""] = parsed.arguments;
    const client = createClient(await findConnection(options, terminal));
    const version = options.number("version");
    const id = await workflowId(client, given);
    terminal.stdout.write(await client.exportWorkflow(id, version === undefined ? {} : { version }));
    return 0;
  },
};

/** `notemill workflows delete`: ends a workflow. */
export const deleteCommand: Command = {
  name: "workflows delete",
  summary: "End a workflow; its versions and runs stay",
  arguments: [WORKFLOW_ARGUMENT],
  options: [...CONNECTION_OPTIONS],
  async run(parsed, terminal) {
    const [given = ""] = parsed.arguments;
    const client = createClient(await findConnection(parsed.options, terminal));
    const id = await workflowId(client, given);
    await client.deleteWorkflow(id);
    terminal.stdout.write(`deleted ${id}\n`);
    return 0;
  },
};
