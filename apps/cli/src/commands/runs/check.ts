import { encodeWireJson, type RunCheck } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, OptionDefinition } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { oneLine } from "../../progress/one-line.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";
import { RETRIES } from "./wait.ts";

/** Tries a notebook out before it is relied on. */
export const TEST_OPTION: OptionDefinition = {
  name: "test",
  flags: ["--test"],
  help: "Run it once now and look what that says about it: files that it reads and does not declare, saved outputs that are not what its cells give, cells that were executed out of order.",
};

/** `notemill runs check`: says what a run tells about its source. */
export const checkCommand: Command = {
  name: "runs check",
  summary: "Say what a run tells about its notebook: missing files, outputs that are not its own",
  description:
    "Every run begins in an empty directory with what its source has, so what it did not find is not declared. Outputs that were saved in the notebook are compared with those of the run, cell by cell; standard error, addresses, and the bytes of pictures are not. The exit code is 1 when the run did not succeed or something was found.",
  arguments: [RUN_ARGUMENT],
  options: [JSON_OPTION, ...CONNECTION_OPTIONS],
  run: async ({ arguments: [given = ""], options }, terminal) => {
    const client = createClient(await findConnection(options, terminal));
    const id = await runId(client, given);
    const isJson = options.flag("json") === true;
    return reportCheck(await client.checkRun(id), { stream: terminal.stdout, isJson }) ? 0 : 1;
  },
};

/** Where and how a {@link RunCheck} is printed. */
interface ReportOptions {
  readonly stream: NodeJS.WriteStream;
  readonly isJson: boolean;
}

/** Waits for a run, and says what it tells. @returns Whether all is well. */
export async function checkWhenOver(
  client: PlatformClient,
  id: string,
  options: ReportOptions,
): Promise<boolean> {
  for await (const event of client.followRun(id, { retries: RETRIES })) void event;
  return reportCheck(await client.checkRun(id), options);
}

function reportCheck(check: RunCheck, { stream, isJson }: ReportOptions): boolean {
  stream.write(isJson ? `${encodeWireJson(check)}\n` : describeCheck(check));
  const { status, missing_files: missing, stale_cells: stale, out_of_order: disordered } = check;
  return status === "succeeded" && missing.length + stale.length + disordered.length === 0;
}

function describeCheck(check: RunCheck): string {
  const { run_id: id, status, missing_files: missing, stale_cells: stale, out_of_order: disordered } = check;
  const lines = [
    `run ${id} ${status}`,
    ...missing.map(({ path, message }) => `missing: ${path}: ${message}`),
    ...stale.flatMap(({ cell_id: cell, saved, now }) => [
      `stale: the saved output of cell ${cell} is not what it gives`,
      `  saved: ${oneLine(saved)}`,
      `  now:   ${oneLine(now)}`,
    ]),
    ...disordered.map(
      ({ cell_id: cell, execution_count: count }) =>
        `order: cell ${cell} was executed as number ${count}, before a cell above it`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
