import type { Delivery } from "@notemill/api";
import { beforeOption, listCommand as list } from "../../platform/list-command.ts";
import { scheduleId } from "../schedules/schedule-argument.ts";
import { describeTarget } from "./describe-rules.ts";

/** `notemill deliveries list`: the outbox of a server. */
export const listCommand = list({
  name: "deliveries list",
  summary: "List what was told, is to be told, or could not be, newest first",
  arguments: [],
  filters: [
    {
      name: "state",
      flags: ["--state"],
      values: ["STATE"],
      choices: ["waiting", "sent", "given_up"],
      help: "Only those in this state.",
    },
    { name: "schedule", flags: ["--schedule"], values: ["SCHEDULE"], help: "Only those of this schedule." },
    { name: "run", flags: ["--run"], values: ["RUN"], help: "Only those of this run." },
    {
      name: "workflowRun",
      flags: ["--workflow-run"],
      values: ["WORKFLOW_RUN"],
      help: "Only those of this workflow-run.",
    },
  ],
  before: beforeOption("delivery", "N", "integer"),
  async read(client, { options }) {
    const schedule = options.text("schedule");
    return client.listDeliveries({
      state: options.text("state") as Delivery["state"] | undefined,
      schedule: schedule === undefined ? undefined : await scheduleId(client, schedule),
      run: options.text("run"),
      workflow_run: options.text("workflowRun"),
      before: options.number("before"),
      limit: options.number("limit"),
    });
  },
  columns: ["Number", "Event", "To", "State", "Run"],
  rows: ({ deliveries }) =>
    deliveries.map((it) => [
      `${it.id}`,
      it.event,
      describeTarget(it.to),
      stateOf(it),
      it.run_id ?? it.workflow_run_id ?? "",
    ]),
  empty: "no deliveries",
});

function stateOf({ state, attempts, problem }: Delivery): string {
  if (problem === null) return state;
  return `${state} (${attempts} ${attempts === 1 ? "attempt" : "attempts"}): ${problem}`;
}
