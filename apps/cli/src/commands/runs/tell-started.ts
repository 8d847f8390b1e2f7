import { encodeWireJson, type Run } from "@notemill/api";
import type { ClientOptions } from "@notemill/client";
import { asTyped } from "../../command-line/as-typed.ts";
import type { OptionValues, Terminal } from "../../command-line/command.ts";

/**
 * Prints the id of a run that was started, or all of it as JSON. A person who looks on is told on
 * standard error where it is to be seen.
 */
export function tellStarted(
  run: Run,
  { serverUrl }: Pick<ClientOptions, "serverUrl">,
  options: OptionValues,
  terminal: Terminal,
): void {
  const { stdout, stderr } = terminal;
  const isJson = options.flag("json") === true;
  stdout.write(`${isJson ? encodeWireJson(run) : run.id}\n`);
  if (isJson || !stderr.isTTY) return;
  const page = `${serverUrl.replace(/\/+$/, "")}/runs/${run.id}`;
  stderr.write(asTyped(`watch it: ${page} · notemill runs logs -f ${run.id.slice(-8)}\n`, terminal));
}
