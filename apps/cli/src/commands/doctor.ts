import { isCodedError } from "@notemill/errors";
import { type RecoveredOutput, recoverOutput, statusInWords } from "@notemill/executor";
import { asTyped } from "../command-line/as-typed.ts";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { readServerFile } from "@notemill/server/server-file";
import { checkData } from "../doctor/check-data.ts";
import { checkMachine, type Finding } from "../doctor/check-machine.ts";
import { checkServer } from "../doctor/check-server.ts";
import { CONNECTION_OPTIONS, findConnection } from "../platform/connect.ts";
import { dataDirectory } from "../platform/data-directory.ts";
import { oneLine } from "../progress/one-line.ts";

/** `notemill doctor`: what is wrong with this machine, or with an output notebook. */
export const doctorCommand: Command = {
  name: "doctor",
  summary: "Check this machine, or repair output notebooks of runs that were killed",
  description:
    "Without arguments it checks what Notemill needs of this machine. With output notebooks it looks at each: " +
    'one that says "running" though its process is gone gets back what the journal held, and says "lost". ' +
    "It also looks at the data directory and the server of this machine, where there are such, or at the one that --server names: the clock, the database, the store of records, and whether runners are there.",
  arguments: [{ name: "OUTPUT_NOTEBOOK", help: "Output notebooks to look at.", many: true }],
  options: [{ name: "json", flags: ["--json"], help: "Print the findings as JSON." }, ...CONNECTION_OPTIONS],
  examples: [
    ["notemill doctor", "check the machine"],
    ["notemill doctor --server http://10.0.0.5:8765 --token-file token", "check a server from here"],
    ["notemill doctor out.ipynb", "tell the truth about a run that was killed"],
  ],
  run: doctor,
};

async function doctor(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const paths = parsed.arguments;
  const findings = paths.length > 0 ? await lookAtAll(paths) : await lookAround(parsed, terminal);
  if (parsed.options.flag("json") === true) stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else stdout.write(findings.map((it) => asLine(it, terminal)).join(""));
  return findings.some(({ level }) => level === "error") ? 1 : 0;
}

/** The machine, and the platform as far as there is one. */
async function lookAround({ options }: ParsedCommandLine, terminal: Terminal): Promise<readonly Finding[]> {
  const data = dataDirectory(options, terminal);
  const isNamed = options.isGiven("server") || Boolean(terminal.env["NOTEMILL_SERVER"]);
  const hasServer = isNamed || (await readServerFile(data)) !== null;
  return [
    ...(await checkMachine()),
    ...(isNamed ? [] : await checkData(data)),
    ...(hasServer ? await checkServer(await findConnection(options, terminal)) : []),
  ];
}

const MARKS = { ok: "✓", warning: "!", error: "✗" } as const;

function asLine({ level, subject, message, remedy }: Finding, terminal: Terminal): string {
  const head = `${MARKS[level]} ${subject}: ${message}\n`;
  return remedy === undefined ? head : `${head}    ${asTyped(remedy, terminal)}\n`;
}

/** One after the other, as each may be large. */
async function lookAtAll(paths: readonly string[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const path of paths) findings.push(await lookAt(path));
  return findings;
}

/** A file that cannot be read is a finding, and the others are looked at all the same. */
async function lookAt(path: string): Promise<Finding> {
  try {
    return findingOf(path, await recoverOutput(path, () => crypto.randomUUID().slice(0, 8)));
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { level: "error", subject: path, message: `${oneLine(error.message)} (${error.code})` };
  }
}

function findingOf(path: string, found: RecoveredOutput): Finding {
  switch (found.state) {
    case "final":
      return {
        level: "ok",
        subject: path,
        message: `the run ${statusInWords(found.status)}; the file is final`,
      };
    case "running":
      return { level: "ok", subject: path, message: "the run is under way" };
    case "foreign":
      return {
        level: "ok",
        subject: path,
        message: "this is not the output of a run of Notemill; left as it is",
      };
    case "unknown":
      return {
        level: "warning",
        subject: path,
        message: `the run began on ${found.host}, so this machine cannot tell whether it still runs`,
        remedy: `run notemill doctor ${path} on ${found.host}`,
      };
    case "recovered": {
      const { cell_index: index, cell_id: id } = found.failure;
      const where = index === undefined ? "before its first cell" : `at cell ${index + 1} (id ${id})`;
      return {
        level: "warning",
        subject: path,
        message: `the process that ran it is gone; it ended ${where}, and the file now says "lost" (${found.failure.code})`,
        remedy: "run the notebook again with notemill run",
      };
    }
  }
}
