import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { withDirectory } from "../support/cli.ts";
import { measured, type MeasuredResult } from "../support/measure.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { type CellResult, type OutputNotebook, readOutputNotebook } from "./output-notebook.ts";

/** Runs a notebook of these cells; their ids are `c0`, `c1`, … */
async function runCells(
  ...sources: readonly string[]
): Promise<{ readonly result: MeasuredResult; readonly output: OutputNotebook }> {
  let run: { readonly result: MeasuredResult; readonly output: OutputNotebook } | undefined;
  await withDirectory(async (directory) => {
    await writeNotebook(join(directory, "in.ipynb"), sources);
    const result = await measured(["run", "in.ipynb", "out.ipynb", "--no-progress-bar"], { cwd: directory });
    run = { result, output: await readOutputNotebook(directory) };
  });
  if (!run) throw new Error("the run has left nothing");
  return run;
}

function cell({ cells }: OutputNotebook, id: string): CellResult {
  const found = cells.get(id);
  if (!found) throw new Error(`no cell ${id}`);
  return found;
}

/** The soak prints a gigabyte, in many ways. */
describe("a cell that prints 100 MB", () => {
  it.each([
    ["at a time", "import sys\nsys.stdout.write('0123456789' * 10_000_000)"],
    ["in pieces", "import sys\nfor i in range(1000): sys.stdout.write('0123456789' * 10_000)"],
  ])("%s leaves head and tail in the notebook and the rest in a file", async (_how, source) => {
    const { result, output } = await runCells(source, "print('after')");
    expect(result, result.stderr).toMatchObject({ exitCode: 0 });
    // ZeroMQ gives a message whole, and ipykernel makes one of all that is printed in 0.2 s.
    expect(result.peakMb).toBeLessThan(100 + 350);
    expect(output).toMatchObject({ status: "succeeded" });
    expect(output.bytes).toBeLessThan(10 * 2 ** 20);
    const { printed, leftOut, spilled, spill } = cell(output, "c0");
    const { stdout: shown = "" } = printed;
    expect(shown.length + leftOut).toBe(100_000_000);
    expect({ spilled, inFile: spill.length }).toEqual({ spilled: leftOut, inFile: leftOut });
    expect(shown.startsWith("0123456789") && shown.endsWith("0123456789")).toBe(true);
    expect(shown.length).toBeGreaterThan(4_000_000);
    expect(cell(output, "c1").printed).toEqual({ stdout: "after\n" });
  });
});

it("a display of 150 MB is left out, and is in the file", async () => {
  const { result, output } = await runCells("display({'text/plain': 'x' * 150_000_000}, raw=True)", "1");
  expect(result, result.stderr).toMatchObject({ exitCode: 0 });
  // The frame, its text, the value in it, and no more.
  expect(result.peakMb).toBeLessThan(3 * 150 + 200);
  const { outputs, leftOut, spill } = cell(output, "c0");
  expect(outputs).toHaveLength(1);
  expect(spill.length).toBe(leftOut);
  expect(spill.subarray(0, 30).toString()).toBe('{"output_type":"display_data",');
  expect(leftOut).toBeGreaterThan(150_000_000);
  expect(cell(output, "c1").outputs).toHaveLength(1);
});

describe("floods", () => {
  const SOURCES = {
    displays: "for i in range(15_000): display(i)",
    updates: `h = display('first', display_id=True)
for i in range(3_000): h.update('update %d' % i)`,
    comms: `from comm import create_comm
c = create_comm(target_name='jupyter.widget', data={'state': {'_model_name': 'A'}})
for i in range(3_000): c.send({'method': 'update', 'state': {'value': i, 'k%d' % i: 'x' * 1000}})`,
    lines: "import sys\nfor i in range(200_000): sys.stdout.write('\\r%d%%' % i)",
    turns: `import sys
for i in range(1_000):
    print('o', i, flush=True)
    print('e', i, flush=True, file=sys.stderr)`,
    garbage: `import os
for i in range(100):
    os.write(1, b'\\xff\\x00\\x1b[2J' * 1_000)
    os.write(2, b'\\xfe' * 1_000)`,
    characters: "print('\\0\\x1b[2J \\U0001f600')",
    json: `value = 0
for i in range(400): value = [value]
display({'application/json': value}, raw=True)`,
    cleared: `from IPython.display import clear_output
for i in range(3_000):
    clear_output(wait=True)
    print('x' * 1_000, i)`,
  } as const;
  let run: Awaited<ReturnType<typeof runCells>>;
  const of = (name: keyof typeof SOURCES) => cell(run.output, `c${Object.keys(SOURCES).indexOf(name)}`);

  beforeAll(async () => {
    run = await runCells(...Object.values(SOURCES));
  });

  it("leave memory and the notebook bounded", () => {
    expect(run.result).toMatchObject({ exitCode: 0 });
    expect(run.output).toMatchObject({ status: "succeeded" });
    expect(run.result.peakMb).toBeLessThan(400);
    expect(run.output.bytes).toBeLessThan(12 * 2 ** 20);
  });

  it("of displays are all in the notebook or in the file", () => {
    const { outputs, spill, leftOut } = of("displays");
    const shown = outputs.flatMap((it) => ("data" in it ? [Number(it.data["text/plain"])] : []));
    const lines = spill.toString().split("\n").slice(0, -1);
    const spilled = lines.map((line) => Number((JSON.parse(line) as SpilledDisplay).data["text/plain"]));
    const all = [...shown, ...spilled].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 15_000 }, (_none, at) => at));
    expect(shown.length).toBeLessThan(10_001);
    expect(spill.length).toBe(leftOut);
  });

  it("of updates leave the last one", () => {
    const { outputs } = of("updates");
    expect(outputs).toMatchObject([{ data: { "text/plain": "'update 2999'" } }]);
  });

  it("of comm messages leave the last state, and no output", () => {
    expect(of("comms").outputs).toEqual([]);
  });

  it("of carriage returns and turns of streams lose nothing", () => {
    const written = Array.from({ length: 200_000 }, (_none, at) => `\r${at}%`).join("");
    expect(of("lines").printed["stdout"] === written).toBe(true);
    const { stdout = "", stderr = "" } = of("turns").printed;
    // A busy ipykernel says on stderr, too, that its own flush timed out.
    const turns = [stdout.match(/^o \d+$/gm), stderr.match(/^e \d+$/gm)];
    expect(turns.map((lines) => lines?.length)).toEqual([1000, 1000]);
  });

  it("of bytes that are no text do not hurt, whatever they say", () => {
    // ipykernel reads its own pipe when it comes to it, perhaps after the cell.
    const [garbage, characters] = [of("garbage").printed, of("characters").printed];
    expect(garbage["stdout"]?.startsWith("\ufffd\0\u001b[2J")).toBe(true);
    expect(characters["stdout"]).toContain("\0\u001b[2J 😀\n");
  });

  it("of cleared output leave what was printed last", () => {
    expect(of("cleared").printed).toEqual({ stdout: `${"x".repeat(1000)} 2999\n` });
    expect(of("json").outputs).toHaveLength(1);
  });
});

it("JSON too deep to be read ends the run with a code", async () => {
  const source =
    "value = 0\nfor i in range(900): value = [value]\ndisplay({'application/json': value}, raw=True)";
  const { result, output } = await runCells(source);
  expect(result).toMatchObject({ exitCode: 1 });
  expect(result.stderr).toContain("(EXECUTION_OUTPUT_LOST)\n");
  expect(output).toMatchObject({ status: "failed" });
});

interface SpilledDisplay {
  readonly data: { readonly "text/plain": string };
}
