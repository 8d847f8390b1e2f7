import { availableParallelism, hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createRunnerClient } from "@notemill/client";
import { runRunner } from "@notemill/runner";
import { builtInKernelspecs } from "../built-in-kernelspecs.ts";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../platform/connect.ts";
import { environmentsDirectory, ENVIRONMENTS_OPTION } from "../platform/environments-directory.ts";
import { readLabels } from "../platform/runner-labels.ts";
import { secondSignal } from "../platform/second-signal.ts";

/** `notemill runner`: executes what a server has to run. */
export const runnerCommand: Command = {
  name: "runner",
  summary: "Execute the runs of a server on this machine",
  description:
    "A runner asks the server for attempts, executes each in a fresh directory, tells what happens, and hands in the record. It speaks HTTP to the server and nothing else. One that cannot reach the server for most of a lease stops its kernels: the server gives the attempts to others.\n\nCtrl-C takes no more attempts and waits for those under way; a second one gives them up.",
  arguments: [],
  options: [
    ...CONNECTION_OPTIONS,
    {
      name: "slots",
      flags: ["--slots"],
      values: ["N"],
      type: "integer",
      help: "How many attempts at a time. Default: the number of processors.",
    },
    { name: "name", flags: ["--name"], values: ["NAME"], help: "Shown to people. Default: the host's name." },
    {
      name: "label",
      flags: ["--label"],
      values: ["LABEL"],
      repeatable: true,
      help: "What this runner has that runs may need, as gpu or region=eu. Can be repeated. It is given runs that need no label too.",
    },
    {
      name: "work",
      flags: ["--work"],
      values: ["DIRECTORY"],
      help: "Where attempts have their directories while they run. Default: in the system's temporary directory.",
    },
    ENVIRONMENTS_OPTION,
  ],
  examples: [
    [
      "notemill runner --server http://10.0.0.5:8765 --token-file runner-token --slots 8",
      "on another machine",
    ],
  ],
  run: runner,
};

async function runner({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stderr, env, cwd, interrupted } = terminal;
  const slots = options.number("slots") ?? availableParallelism();
  if (slots < 1) throw new UsageError(`option --slots: "${slots}" is no number of slots; give 1 or more`);
  const connection = await findConnection(options, terminal);
  const client = createRunnerClient(connection);
  const startedBy = env["NOTEMILL_STARTED_BY"];
  const work = options.text("work");
  const name = options.text("name") ?? hostname();
  const report = (message: string): void => void stderr.write(`${new Date().toISOString()} ${message}\n`);
  // A server says itself that it has started one.
  if (startedBy === undefined)
    report(`runner "${name}" takes runs from ${connection.serverUrl}, ${slots} at a time`);
  const stop = new AbortController();
  let again: Disposable | undefined;
  interrupted.addEventListener("abort", () => {
    const signal = secondSignal();
    again = signal;
    signal.addEventListener("abort", () => stop.abort(), { once: true });
  });
  try {
    await runRunner({
      client,
      serverUrl: connection.serverUrl,
      name,
      slots,
      labels: readLabels(options),
      workDirectory:
        work === undefined ? join(tmpdir(), `notemill-attempts-${process.pid}`) : resolve(cwd, work),
      env,
      environmentsDirectory: environmentsDirectory(options, terminal),
      builtInKernelspecs: builtInKernelspecs(),
      hostCommand: [process.execPath, process.argv[1] ?? "", "__kernel-host"],
      ...(startedBy === undefined ? {} : { startedBy }),
      drain: interrupted,
      stop: stop.signal,
      report,
    });
  } finally {
    again?.[Symbol.dispose]();
  }
  return 0;
}
