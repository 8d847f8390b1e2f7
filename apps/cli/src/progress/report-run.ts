import type { RunEvent, RunOutcome } from "@notemill/executor";
import { encodeJson, type JsonValue } from "@notemill/json";
import type { OptionValues, Terminal } from "../command-line/command.ts";
import type { RunPaths } from "../commands/run-paths.ts";

/** Tells a person, or a program, how a run goes. */
export interface RunReport {
  readonly event: (event: RunEvent) => void;
  readonly end: (outcome: RunOutcome) => void;
}

/** Chooses how a run is reported: events as JSON lines, or lines of text on standard error. */
export function reportRun(terminal: Terminal, options: OptionValues, paths: RunPaths): RunReport {
  return options.flag("json") === true ? jsonReport(terminal) : textReport(terminal, paths);
}

function jsonReport({ stdout }: Terminal): RunReport {
  return {
    event: (event) => void stdout.write(`${encodeJson(event as unknown as JsonValue)}\n`),
    end: () => undefined,
  };
}

function textReport({ stderr }: Terminal, paths: RunPaths): RunReport {
  const say = (line: string): void => void stderr.write(`${line}\n`);
  say(`Input Notebook:  ${paths.input}`);
  say(`Output Notebook: ${paths.output}`);
  return {
    event(event) {
      if (event.type === "run-warned") say(event.message);
      if (event.type === "kernel-ready") say(`Executing notebook with kernel: ${event.kernel_name}`);
    },
    end({ failure }) {
      if (failure) say(failure.traceback?.join("\n") ?? `${failure.code}: ${failure.message}`);
    },
  };
}
