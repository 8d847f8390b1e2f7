import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { everyReplacement, mutate } from "../../packages/nbformat/test/arbitrary-mutation.ts";
import { LARGE_NOTEBOOKS, manyCells, SHARE, writeParts } from "../hostile/large-notebooks.ts";
import { readOutputNotebook } from "../hostile/output-notebook.ts";
import { writtenOutput } from "../hostile/written-output.ts";
import { measured } from "../support/measure.ts";
import { writeNotebook } from "../support/notebooks.ts";

/** Something hostile that is done in an empty directory; gives the most memory that the command took, in MB. */
type Scenario = (directory: string, random: SeededRandom) => Promise<number>;

/** Cells that show more than a notebook holds, and the most memory that each may take, in MB. */
const CELLS: Readonly<Record<string, readonly [source: string, mostMb: number]>> = {
  "a gigabyte printed at a time": ["import sys\nsys.stdout.write('0123456789' * 107_374_182)", 1500],
  "a gigabyte printed in pieces": [
    "import sys\nfor i in range(10_000): sys.stdout.write('x' * 100_000)",
    1500,
  ],
  "a gigabyte printed by lines": ["line = 'x' * 99\nfor i in range(10_000_000): print(line)", 700],
  "a million displays": ["for i in range(1_000_000): display(i)", 400],
  "a display of 250 MB": ["display({'text/plain': 'x' * 250_000_000}, raw=True)", 1000],
  "a display of JSON of 200 MB": ["display({'application/json': [1.5] * 40_000_000}, raw=True)", 1000],
  "images of 300 MB in all": [
    "d = 'A' * 3_000_000\nfor i in range(100): display({'image/png': d}, raw=True)",
    800,
  ],
  "an exception of 100 MB": ["raise ValueError('x' * 100_000_000)", 1600],
  "an update flood": ["h = display('', display_id=True)\nfor i in range(100_000): h.update('x' * 1000)", 400],
};

/** Everything that the soak does. */
export const HOSTILE_SCENARIOS: readonly (readonly [name: string, scenario: Scenario])[] = [
  ...Object.entries(CELLS).map(([name, [source, mostMb]]) => [name, showing(source, mostMb)] as const),
  ...Object.entries(LARGE_NOTEBOOKS).map(
    ([name, parts]) => [`a notebook of 200 MB of ${name}`, reading(parts)] as const,
  ),
  ["a notebook of 100,000 cells", runManyCells],
  ["an output notebook with two wrong types", readMutants],
];

function showing(source: string, mostMb: number): Scenario {
  return async (directory) => {
    await writeNotebook(join(directory, "in.ipynb"), [source, "print('after')"]);
    const result = await measured(["run", "in.ipynb", "out.ipynb", "--no-progress-bar"], { cwd: directory });
    const { status, cells } = await readOutputNotebook(directory);
    const after = cells.get("c1")?.printed["stdout"];
    if (result.exitCode === 0) assert.deepEqual({ status, after }, { status: "succeeded", after: "after\n" });
    else assert.match(result.stderr, /\(CELL_FAILED\)\n$/);
    const { leftOut = 0, spilled = 0, spill } = cells.get("c0") ?? {};
    assert.deepEqual([spilled, spill?.length], [leftOut, leftOut]);
    assert.ok(result.peakMb < mostMb, `took ${result.peakMb} MB`);
    return result.peakMb;
  };
}

function reading(parts: () => ReturnType<typeof manyCells>): Scenario {
  return (directory) => readLarge(directory, writeParts(join(directory, "in.ipynb"), parts()));
}

async function readLarge(directory: string, size: number): Promise<number> {
  const input = join(directory, "in.ipynb");
  const run = ["run", input, join(directory, "out.ipynb"), "--prepare-only"];
  let most = 0;
  for (const args of [run, ["inspect", input], ["scraps", input], ["doctor", input]]) {
    const { exitCode, stdout, stderr, peakMb } = await measured(args);
    if (exitCode !== 0) assert.match(stdout + stderr, /\(NOTEBOOK_TOO_COMPLEX\)\n$/);
    assert.ok(peakMb < size * SHARE, `${args[0]} took ${peakMb} MB`);
    most = Math.max(most, peakMb);
  }
  return most;
}

async function runManyCells(directory: string): Promise<number> {
  writeParts(join(directory, "in.ipynb"), manyCells());
  const args = ["run", "in.ipynb", "out.ipynb", "--no-progress-bar"];
  const { exitCode, stderr, peakMb } = await measured(args, { cwd: directory });
  assert.equal(exitCode, 0, stderr);
  assert.ok(peakMb < 900, `took ${peakMb} MB`);
  return peakMb;
}

async function readMutants(directory: string, random: SeededRandom): Promise<number> {
  const mutations = [...everyReplacement(writtenOutput("failed"))];
  const names = Array.from({ length: 500 }, (_none, at) => `${at}.ipynb`);
  for (const name of names) {
    const once = mutate(writtenOutput(random.pick(["failed", "running"])), random.pick(mutations));
    await writeFile(join(directory, name), JSON.stringify(mutate(once, random.pick(mutations))));
  }
  const args = random.pick([
    ["scraps", ".", "--format", "json"],
    ["doctor", ...names],
    ...["inspect", "export"].map((command) => [command, random.pick(names)]),
    ["run", random.pick(names), "--help-notebook"],
    ["run", random.pick(names), "out.ipynb", "--prepare-only"],
    ["run", "--resume", random.pick(names)],
  ]);
  const { exitCode, stderr, peakMb } = await measured(args, { cwd: directory });
  assert.ok(exitCode === 0 || exitCode === 1, stderr);
  assert.doesNotMatch(stderr, /unexpected error|^\s+at /m);
  return peakMb;
}
