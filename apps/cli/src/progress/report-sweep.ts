import type { RunWarned, SweepChild, SweepEvent } from "@notemill/executor";
import { encodeJson, type JsonValue } from "@notemill/json";
import { type ParameterMap, parametersToJson } from "@notemill/parameters";
import type { Terminal } from "../command-line/command.ts";
import { createLiveBlock } from "./live-block.ts";
import { oneLine } from "./one-line.ts";
import { warningLine } from "./tell-warnings.ts";
import { terminalColumns } from "./terminal-columns.ts";

/** Tells how a sweep goes while it goes. */
export interface SweepReport {
  readonly event: (event: SweepEvent) => void;
  readonly end: () => void;
}

/** A run under way, as the live lines show it. */
interface ActiveRun {
  readonly label: string;
  cellsDone: number;
  cellCount: number;
}

/** Redraws at most this often, in milliseconds. */
const REDRAW_MS = 80;

/** Reports on standard error: a live line for each run on a terminal, a line for each finished run elsewhere. */
export function reportSweep({ stderr }: Terminal, parameterSets: readonly ParameterMap[]): SweepReport {
  const total = parameterSets.length;
  const block = createLiveBlock(
    (text) => void stderr.write(text),
    () => terminalColumns(stderr),
  );
  const active = new Map<number, ActiveRun>();
  const warned = new Set<string>();
  let done = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;

  function print(line: string): void {
    if (stderr.isTTY) block.print(line);
    else stderr.write(`${line}\n`);
  }

  /** What is wrong with the notebook or its parameters is so in every run, and said once. */
  function warn({ code, message }: RunWarned): void {
    const line = warningLine({ code, message });
    if (!warned.has(line)) print(line);
    warned.add(line);
  }

  function draw(isForced: boolean): void {
    if (!stderr.isTTY) return;
    const now = performance.now();
    if (!isForced && now - drawnAt < REDRAW_MS) return;
    drawnAt = now;
    const lines = [...active.values()].map(
      ({ label, cellsDone, cellCount }) =>
        `  ▸ ${label}  cell ${cellsDone}/${cellCount === 0 ? "?" : cellCount}`,
    );
    block.draw([...lines, `Sweep: ${done}/${total} runs done`]);
  }

  return {
    event(event) {
      switch (event.type) {
        case "child-started":
          active.set(event.index, {
            label: describeParameterSet(parameterSets[event.index] ?? new Map()),
            cellsDone: 0,
            cellCount: 0,
          });
          return draw(true);
        case "child-event": {
          const run = active.get(event.index);
          if (run && event.event.type === "run-started") run.cellCount = event.event.cell_count;
          if (run && event.event.type === "cell-finished") run.cellsDone += 1;
          if (event.event.type === "run-warned") warn(event.event);
          return draw(false);
        }
        case "child-finished": {
          active.delete(event.index);
          done += 1;
          print(finishedLine(event.child, done, total));
          return draw(true);
        }
      }
    },
    end() {
      if (stderr.isTTY) block.clear();
    },
  };
}

/** `alpha=0.6 n=3`, with text quoted only where it would be unclear. */
function describeParameterSet(parameters: ParameterMap): string {
  return Object.entries(parametersToJson(parameters))
    .map(([name, value]) => `${name}=${shortValue(value)}`)
    .join(" ");
}

function shortValue(value: JsonValue): string {
  const text = typeof value === "string" && /^[\w./:-]+$/.test(value) ? value : encodeJson(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function finishedLine(child: SweepChild, done: number, total: number): string {
  const { state, outcome, error, outputPath } = child;
  const mark = state === "succeeded" ? "✓" : state === "kept" ? "=" : "✗";
  const count = `[${String(done).padStart(String(total).length)}/${total}]`;
  const seconds = outcome === undefined ? "" : `  ${outcome.duration.toFixed(1)} s`;
  const why = error?.message ?? outcome?.failure?.message ?? outputPath;
  return `${mark} ${count} ${describeParameterSet(child.parameters)}  ${state}${seconds}  ${oneLine(why)}`;
}
