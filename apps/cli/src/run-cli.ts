import { isCodedError, suggestion } from "@notemill/errors";
import { NOTEMILL_VERSION } from "@notemill/executor";
import { asTyped } from "./command-line/as-typed.ts";
import type { Command, Terminal } from "./command-line/command.ts";
import { commandHelp, groupHelp, overviewHelp } from "./command-line/help-text.ts";
import { parseCommandLine } from "./command-line/parse-command-line.ts";
import { UsageError } from "./command-line/usage-error.ts";
import { COMMANDS } from "./commands.ts";
import { isUsageCode, signalExitCode } from "./exit-code.ts";
import { errorHint } from "./error-hint.ts";
import { oneLine } from "./progress/one-line.ts";
import { terminalColumns } from "./progress/terminal-columns.ts";

/** Runs the command line of this process and gives its exit code. */
export async function runProcess(words: readonly string[]): Promise<number> {
  using signals = listenForSignals();
  return await runCli(words, processTerminal(signals));
}

/** Runs one command line on a terminal and gives the exit code: that of the signal where one stopped the command. */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  const { name, rest } = splitCommand(helpWords(words));
  try {
    return await dispatch(name, rest, terminal);
  } catch (error) {
    const exitCode = await reportError(error, name, words, terminal);
    return terminal.interrupted.aborted ? signalExitCode(terminal.interrupted) : exitCode;
  }
}

/** `help run` is `run --help`. */
function helpWords(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  return first === "help" && rest.length > 0 ? [...rest, "--help"] : words;
}

/** Takes the name of the command off: two words where the first is that of a group. */
function splitCommand([first = "--help", ...rest]: readonly string[]): {
  readonly name: string;
  readonly rest: readonly string[];
} {
  const isGroup = !Object.hasOwn(COMMANDS, first) && groupOf(first).length > 0;
  const [second] = rest;
  if (!isGroup || second === undefined || second.startsWith("-")) return { name: first, rest };
  return { name: `${first} ${second}`, rest: rest.slice(1) };
}

/** The names of the commands of a group. */
function groupOf(name: string): readonly string[] {
  return Object.keys(COMMANDS).filter((it) => it.startsWith(`${name} `));
}

async function dispatch(name: string, words: readonly string[], terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const columns = terminalColumns(stdout);
  const show = (text: string): void => void stdout.write(asTyped(text, terminal));
  if (name === "--version") {
    stdout.write(`notemill ${NOTEMILL_VERSION} (Node ${process.version})\n`);
    return 0;
  }
  const group = groupOf(name);
  const asksForAll = name === "--help" || name === "-h" || name === "help";
  if (asksForAll || (group.length > 0 && (words.length === 0 || asksForHelp(words)))) {
    const wanted = asksForAll ? Object.keys(COMMANDS) : group;
    const commands = await Promise.all(wanted.flatMap((it) => COMMANDS[it]?.() ?? []));
    const shown = commands.filter(({ isHidden }) => isHidden !== true);
    show(asksForAll ? overviewHelp(shown, columns) : groupHelp(name, shown, columns));
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    const meant = suggestion(name, [...Object.keys(COMMANDS), "--help", "--version"]);
    throw new UsageError(`no such command: "${name}"${meant || "; notemill --help lists them"}`);
  }
  const command: Command = await load();
  if (asksForHelp(words)) {
    show(commandHelp(command, columns));
    return 0;
  }
  return command.run(parseCommandLine(command, words), terminal);
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  return options.includes("--help") || options.includes("-h");
}

/** Says in one line what is wrong and what to do; `--verbose` adds the stack and the causes. */
async function reportError(
  error: unknown,
  command: string,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const { stderr } = terminal;
  const isUsage = isCodedError(error) && isUsageCode(error.code, command);
  if (isCodedError(error)) {
    const what = `${oneLine(error.message)}${oneLine(await errorHint(error, words, terminal))}`;
    stderr.write(`notemill: ${asTyped(what, terminal)} (${error.code})\n`);
    if (isUsage && Object.hasOwn(COMMANDS, command))
      stderr.write(asTyped(`see: notemill ${command} --help\n`, terminal));
  } else {
    const message = error instanceof Error ? error.message : String(error);
    stderr.write(
      `notemill: unexpected error: ${oneLine(message)}; please report it with the output of --verbose\n`,
    );
  }
  if (words.includes("--verbose")) {
    for (let at = error; at instanceof Error; at = at.cause) stderr.write(`${at.stack ?? at.message}\n`);
  }
  return isUsage ? 2 : 1;
}

interface Signals extends Disposable {
  readonly interruption: AbortController;
  /** From now on signals do not end this process but abort, until this object is disposed of. */
  readonly catchThem: () => void;
}

/** Whoever does not ask for signals is ended by them, and so is a command that has given its exit code. */
function listenForSignals(): Signals {
  const interruption = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => interruption.abort(signal);
  return {
    interruption,
    catchThem() {
      for (const signal of CAUGHT)
        if (!process.listeners(signal).includes(onSignal)) process.on(signal, onSignal);
    },
    [Symbol.dispose]() {
      for (const signal of CAUGHT) process.off(signal, onSignal);
    },
  };
}

const CAUGHT = ["SIGINT", "SIGTERM"] as const;

function processTerminal({ interruption, catchThem }: Signals): Terminal {
  // Nobody reads the result of a run whose reader has gone away, so it is cancelled and saved.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    interruption.abort("SIGPIPE");
  });
  // Without a reader for its messages a run can still do its work.
  process.stderr.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const { NOTEMILL_TYPED_AS: typedAs } = process.env;
  // What the command starts is not what was typed.
  delete process.env["NOTEMILL_TYPED_AS"];
  return {
    typedAs,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    get interrupted() {
      catchThem();
      return interruption.signal;
    },
  };
}
