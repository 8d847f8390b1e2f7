import { encodeWireJson } from "@notemill/api";
import { createClient } from "@notemill/client";
import { encodeYaml } from "@notemill/parameters";
import type { Command } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { beforeOption, listCommand as list } from "../../platform/list-command.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION } from "../runs/run-argument.ts";
import { versionOf, WORKFLOW_ARGUMENT, workflowId } from "./workflow-argument.ts";

/** `notemill workflows list`: one page of the workflows of a server. */
export const listCommand = list({
  name: "workflows list",
  summary: "List the workflows of the server, newest first",
  arguments: [],
  before: beforeOption("workflow", "ID"),
  read: (client, { options }) =>
    client.listWorkflows({ before: options.text("before"), limit: options.number("limit") }),
  columns: ["Workflow", "Active", "Newest", "Last run", "Changed", "Id"],
  rows: ({ workflows }) =>
    workflows.map((it) => [
      it.name,
      `${it.active_version}`,
      `${it.newest_version}`,
      it.last_run?.status ?? "none yet",
      it.updated_at,
      it.id,
    ]),
  empty: "no workflows",
});

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
export const versionsCommand = list({
  name: "workflows versions",
  summary: "List the versions of a workflow, newest first",
  arguments: [WORKFLOW_ARGUMENT],
  before: beforeOption("version", "VERSION", "integer"),
  async read(client, { arguments: [given = ""], options }) {
    const id = await workflowId(client, given);
    const page = { before: options.number("before"), limit: options.number("limit") };
    return client.listWorkflowVersions(id, page);
  },
  columns: ["Version", "Made", "By", "Hash"],
  async rows({ versions }, client) {
    const [first] = versions;
    if (first === undefined) return [];
    const { active_version: active } = await client.getWorkflow(first.workflow_id);
    return versions.map((it) => [
      `${it.version}${it.version === active ? " (active)" : ""}`,
      it.created_at,
      it.created_by,
      it.sha256.slice(0, 12),
    ]);
  },
  empty: "no versions",
});

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
