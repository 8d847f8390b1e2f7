import { encodeWireJson, type RestartWorkflowRun, type WorkflowRun } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import { encodeJson, RawJson } from "@notemill/json";
import { parametersToJson } from "@notemill/parameters";
import type { Command, OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { beforeOption, listCommand } from "../../platform/list-command.ts";
import { readParameters } from "../read-parameters.ts";
import { PARAMETER_OPTIONS } from "../run-options.ts";
import { IDEMPOTENCY_OPTION, JSON_OPTION } from "../runs/run-argument.ts";
import { RULE_OPTIONS, rulesOf } from "../deliveries/rule-options.ts";
import { RETRIES } from "../runs/wait.ts";
import { describeWorkflowRun, statusOf, workflowRunExitCode } from "./describe-workflow-run.ts";
import {
  REASON_OPTION,
  WORKFLOW_ARGUMENT,
  WORKFLOW_RUN_ARGUMENT,
  workflowId,
  workflowRunId,
} from "./workflow-argument.ts";

/** `notemill workflows run`: starts a workflow-run. */
export const runCommand: Command = {
  name: "workflows run",
  summary: "Start a workflow, and print the id of the workflow-run",
  arguments: [WORKFLOW_ARGUMENT],
  options: [
    ...PARAMETER_OPTIONS.filter(({ name }) => !name.startsWith("inject")),
    {
      name: "slot",
      flags: ["--slot"],
      values: ["TIME"],
      help: "What trigger.slot is, as 2026-03-29T06:00:00Z. Default: null.",
    },
    REASON_OPTION,
    ...RULE_OPTIONS.filter(({ name }) => name !== "scrap" && name !== "page"),
    { ...IDEMPOTENCY_OPTION, help: "Commands with the same key start one workflow-run." },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    [
      'notemill workflows wait "$(notemill workflows run nightly -p region eu)"',
      "start one and wait for its end",
    ],
  ],
  async run(parsed, terminal) {
    const { options } = parsed;
    const [given = ""] = parsed.arguments;
    const parameters = parametersToJson(await readParameters(options, { input: "", output: "" }));
    const client = createClient(await findConnection(options, terminal));
    const slot = options.text("slot");
    const key = options.text("idempotencyKey");
    const run = await client.startWorkflow(
      await workflowId(client, given),
      {
        parameters: new RawJson(encodeJson(parameters)),
        ...(slot === undefined ? {} : { slot }),
        ...reasonOf(options),
        ...(options.isGiven("deliver") ? { deliveries: rulesOf(options) } : {}),
      },
      key === undefined ? {} : { idempotencyKey: key },
    );
    terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : run.id}\n`);
    return 0;
  },
};

/** `notemill workflows runs`: one page of workflow-runs. */
export const runsCommand = listCommand({
  name: "workflows runs",
  summary: "List workflow-runs, newest first, of one workflow or of all",
  arguments: [{ ...WORKFLOW_ARGUMENT, optional: true }],
  filters: [
    {
      name: "status",
      flags: ["--status"],
      values: ["STATUS"],
      choices: ["queued", "running", "succeeded", "failed", "cancelled", "timed_out"],
      help: "Only those that are there.",
    },
  ],
  before: beforeOption("workflow-run", "ID"),
  read: async (client, { arguments: [given], options }) =>
    client.listWorkflowRuns({
      workflow: given === undefined ? undefined : await workflowId(client, given),
      status: options.text("status"),
      before: options.text("before"),
      limit: options.number("limit"),
    }),
  columns: ["Workflow-run", "Status", "Version", "Slot", "Started"],
  rows: ({ workflow_runs: runs }) =>
    runs.map((it) => [it.id, statusOf(it), `${it.version}`, it.slot ?? "", it.started_at ?? ""]),
  empty: "no workflow-runs",
});

/** `notemill workflows status`: a workflow-run and its steps. */
export const statusCommand: Command = {
  name: "workflows status",
  summary: "Show a workflow-run and where its steps are",
  arguments: [WORKFLOW_RUN_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  async run(parsed, terminal) {
    const { options } = parsed;
    const [given = ""] = parsed.arguments;
    const client = createClient(await findConnection(options, terminal));
    const id = await workflowRunId(client, given);
    const run = await client.getWorkflowRun(id);
    terminal.stdout.write(
      `${options.flag("json") === true ? encodeWireJson(run) : describeWorkflowRun(run)}\n`,
    );
    return 0;
  },
};

/** `notemill workflows wait`: waits for the end of a workflow-run and ends as it did. */
export const waitCommand: Command = {
  name: "workflows wait",
  summary: "Wait until a workflow-run is over, and exit with its outcome",
  description:
    "The exit code is 0 when it succeeded and 1 when it did not. The workflow-run goes on when this command is ended.",
  arguments: [WORKFLOW_RUN_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  async run(parsed, terminal) {
    const { options } = parsed;
    const [given = ""] = parsed.arguments;
    const client = createClient(await findConnection(options, terminal));
    const id = await workflowRunId(client, given);
    for await (const event of client.followWorkflowRun(id, { retries: RETRIES })) void event;
    const run = await client.getWorkflowRun(id);
    terminal.stdout.write(
      `${options.flag("json") === true ? encodeWireJson(run) : describeWorkflowRun(run)}\n`,
    );
    return workflowRunExitCode(run);
  },
};

/** `notemill workflows events`: what happened in a workflow-run. */
export const eventsCommand: Command = {
  name: "workflows events",
  summary: "Print what happened in a workflow-run",
  arguments: [WORKFLOW_RUN_ARGUMENT],
  options: [
    { name: "follow", flags: ["--follow", "-f"], help: "Go on until it is over." },
    { ...JSON_OPTION, help: "Print events, one JSON object per line." },
    ...CONNECTION_OPTIONS,
  ],
  async run(parsed, terminal) {
    const { options } = parsed;
    const [given = ""] = parsed.arguments;
    const client = createClient(await findConnection(options, terminal));
    const id = await workflowRunId(client, given);
    const follow = options.flag("follow") === true;
    for await (const event of client.followWorkflowRun(id, { follow, retries: follow ? RETRIES : 0 })) {
      const text = `${event.at} ${event.kind} ${event.data.text}`;
      terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(event) : text}\n`);
    }
    return 0;
  },
};

/** `notemill workflows cancel`: ends a workflow-run. */
export const cancelCommand = changeCommand({
  name: "cancel",
  summary: "End a workflow-run and the runs that it has started",
  options: [],
  change: (client, id, options) => client.cancelWorkflowRun(id, reasonOf(options)),
});

/** `notemill workflows pause`: lets nothing more start. */
export const pauseCommand = changeCommand({
  name: "pause",
  summary: "Let nothing more of a workflow-run start until it is resumed; what runs goes on",
  options: [],
  change: (client, id, options) => client.pauseWorkflowRun(id, reasonOf(options)),
});

/** `notemill workflows resume`: lets it go on. */
export const resumeCommand = changeCommand({
  name: "resume",
  summary: "Let a paused workflow-run go on",
  options: [],
  change: (client, id, options) => client.resumeWorkflowRun(id, reasonOf(options)),
});

/** `notemill workflows restart`: does it again. */
export const restartCommand = changeCommand({
  name: "restart",
  summary: "Do a workflow-run that is over again: what did not succeed, from a step, or all of it",
  options: [
    { name: "step", flags: ["--step"], values: ["KEY"], help: "This step and what depends on it." },
    { name: "all", flags: ["--all"], help: "All of it. Default: what did not succeed." },
  ],
  change: (client, id, options) =>
    client.restartWorkflowRun(id, { from: restartFrom(options), ...reasonOf(options) }),
});

function restartFrom(options: OptionValues): RestartWorkflowRun["from"] {
  const step = options.text("step");
  const isAll = options.flag("all") === true;
  if (isAll && step !== undefined) throw new UsageError("options --step and --all: give one of them");
  if (step !== undefined) return { kind: "step", step };
  return { kind: isAll ? "beginning" : "unsuccessful" };
}

/** Makes a command that changes one workflow-run and says where it is then. */
function changeCommand(change: {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionDefinition[];
  readonly change: (client: PlatformClient, id: string, options: OptionValues) => Promise<WorkflowRun>;
}): Command {
  return {
    name: `workflows ${change.name}`,
    summary: change.summary,
    arguments: [WORKFLOW_RUN_ARGUMENT],
    options: [...change.options, REASON_OPTION, JSON_OPTION, ...CONNECTION_OPTIONS],
    async run(parsed, terminal) {
      const { options } = parsed;
      const [given = ""] = parsed.arguments;
      const client = createClient(await findConnection(options, terminal));
      const id = await workflowRunId(client, given);
      const run = await change.change(client, id, options);
      terminal.stdout.write(`${options.flag("json") === true ? encodeWireJson(run) : statusOf(run)}\n`);
      return 0;
    },
  };
}

function reasonOf(options: OptionValues): { readonly reason?: string } {
  const reason = options.text("reason");
  return reason === undefined ? {} : { reason };
}
