import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { writeNotebook } from "../support/notebooks.ts";

/** What the notebook of a round does. */
export interface NotebookShape {
  /** How long each counting cell counts, in seconds. */
  readonly cells: readonly number[];
  /** Pause behind each line, in seconds. */
  readonly pause: number;
  /** Characters that are printed before the counting, so that the file is large. */
  readonly bulk: number;
  /** Whether it leaves a process in a session of its own behind. */
  readonly hasGrandchild: boolean;
  /** Whether counting updates a display too. */
  readonly hasDisplay: boolean;
}

/** A line that a counting cell has printed, and when, in milliseconds since 1970. */
export interface Tick {
  readonly cell: string;
  readonly number: number;
  readonly timeMs: number;
}

/** Draws a notebook. */
export function drawNotebook(random: SeededRandom): NotebookShape {
  const count = random.between(1, 4);
  return {
    cells: Array.from({ length: count }, () => random.pick([0.02, 0.3, 1, 2])),
    pause: random.pick([0, 0.0005, 0.005, 0.05]),
    bulk: random.pick([0, 0, 100_000, 6_000_000]),
    hasGrandchild: random.between(1, 2) === 1,
    hasDisplay: random.between(1, 2) === 1,
  };
}

/**
 * Writes the notebook to `in.ipynb` of a directory.
 *
 * Each line holds its cell, its number and the time, and is written to
 * `printed-A.log` right after it was printed, where A is the parameter `a`. With a file `quick` beside it
 * the notebook is over at once.
 */
export async function writeTickingNotebook(directory: string, shape: NotebookShape): Promise<void> {
  const counting = shape.cells.map((seconds, index) => `count("t${index}", ${seconds})`);
  await writeNotebook(join(directory, "in.ipynb"), ["a = 0", SETUP(shape), ...counting, "print('done')"]);
}

const SETUP = ({ pause, bulk, hasGrandchild, hasDisplay }: NotebookShape): string => `
import os, subprocess, time
log = os.open(f"printed-{a}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
${hasGrandchild ? 'subprocess.Popen(["setsid", "sleep", "600"])' : ""}
is_quick = os.path.exists("quick")
for _ in range(0 if is_quick else ${Math.floor(bulk / 1000)}): print("x" * 999)
shown = ${hasDisplay ? 'display("none", display_id=True)' : "None"}
def count(cell, seconds):
    end = time.time() + (0 if os.path.exists("quick") else seconds)
    number = 0
    while number < 3 or time.time() < end:
        line = f"{cell} {number} {time.time() * 1000:.0f}\\n"
        print(line, end="", flush=True)
        os.write(log, line.encode())
        if shown and number % 10 == 0: shown.update(line)
        number += 1
        time.sleep(${pause})
`;

/** Reads the ticks in a text. */
export function ticksIn(text: string): Tick[] {
  return [...text.matchAll(/^(t\d+) (\d+) (\d+)$/gm)].map(([, cell = "", number, time]) => ({
    cell,
    number: Number(number),
    timeMs: Number(time),
  }));
}

/** What the notebooks that ran in a directory have printed, by their parameter `a`. */
export async function printedIn(directory: string): Promise<ReadonlyMap<number, readonly Tick[]>> {
  const printed = new Map<number, readonly Tick[]>();
  for (const name of await logsIn(directory)) {
    const a = Number(/\d+/.exec(name)?.[0]);
    printed.set(a, ticksIn(await readFile(join(directory, name), "utf8")));
  }
  return printed;
}

/** Names of the files that notebooks have printed to. */
export async function logsIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => /^printed-\d+\.log$/.test(name));
}
