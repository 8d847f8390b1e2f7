import { createInterface } from "node:readline/promises";
import { createClient, type PlatformClient } from "@notemill/client";
import { CodedError } from "@notemill/errors";
import { isJsonObject, parseJson } from "@notemill/json";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { outputText } from "./event-line.ts";
import { textFor } from "../../progress/uses-colour.ts";
import { RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

/** `notemill runs debug`: code in the kernel of a failed run. */
export const debugCommand: Command = {
  name: "runs debug",
  summary: "Look into the kernel that was kept for a failed run",
  description:
    "A run that was submitted with --keep-kernel leaves its kernel behind when it fails, with all its variables. Each line is executed there, in the runner that has the kernel; Ctrl-C interrupts it, and Ctrl-D ends. The code is noted among the events of the run. The kernel is kept anew from the last line on.",
  arguments: [RUN_ARGUMENT],
  options: [
    {
      name: "execute",
      flags: ["--execute", "-c"],
      values: ["CODE"],
      repeatable: true,
      help: "Execute this and end. Default: lines of standard input.",
    },
    { name: "end", flags: ["--end"], help: "End the kernel, after what is to be executed." },
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    ["notemill runs submit '~/report.ipynb' --keep-kernel 30m", "keeps the kernel if the run fails"],
    ["notemill runs debug 0197… -c 'df.head()'", "looks at a variable"],
  ],
  run: debug,
};

async function debug(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [asked = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, asked);
  let exitCode = 0;
  const isEnd = options.flag("end") === true;
  const given = options.texts("execute");
  if (given.length === 0 && !isEnd) await checkKept(client, id);
  for await (const code of isEnd ? given : codes(given, terminal)) {
    if (code.trim() === "") continue;
    const isDone = await execute(client, { id, code }, terminal);
    exitCode = isDone ? 0 : 1;
  }
  if (isEnd) await client.endKernel(id);
  return exitCode;
}

/** Who types nothing would not hear that there is nothing to type into. @throws {@link CodedError} `KERNEL_NOT_KEPT`. */
async function checkKept(client: PlatformClient, id: string): Promise<void> {
  const { attempts } = await client.getRun(id);
  const until = attempts.at(-1)?.kernel_until ?? null;
  if (until !== null && Date.parse(until) > Date.now()) return;
  const gone = until === null ? "" : `: it was kept until ${until}`;
  throw new CodedError(
    "KERNEL_NOT_KEPT",
    `no kernel is kept for run ${id}${gone}; run it again with notemill runs rerun ${id} --keep-kernel 30m, which keeps it if the run fails`,
  );
}

/** The code that was given, else line by line what is typed. */
async function* codes(given: readonly string[], { stderr }: Terminal): AsyncGenerator<string> {
  if (given.length > 0) {
    yield* given;
    return;
  }
  const isTyped = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: stderr, terminal: isTyped, prompt: ">>> " });
  try {
    if (isTyped) lines.prompt();
    for await (const line of lines) {
      yield line;
      if (isTyped) lines.prompt();
    }
  } finally {
    lines.close();
  }
}

async function execute(
  client: PlatformClient,
  { id, code }: { readonly id: string; readonly code: string },
  terminal: Terminal,
): Promise<boolean> {
  const { stdout, stderr, interrupted } = terminal;
  const text = textFor(terminal, stdout);
  for await (const event of client.executeCode(id, code, { signal: interrupted })) {
    if (event.type === "output") {
      const output = parseJson(event.output);
      if (isJsonObject(output)) stdout.write(text(outputText(output)));
      continue;
    }
    const { status, message } = event.result;
    if (status !== "ok" && status !== "error") stderr.write(`notemill: ${message ?? status}\n`);
    return status === "ok";
  }
  return false;
}
