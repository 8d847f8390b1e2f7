import { join, resolve } from "node:path";
import { peakMemory, PEERS, pythonNumber, timeCommand } from "./command.ts";
import { writeNotebook } from "./notebooks.ts";
import { type BenchmarkRow, inTurns } from "./row.ts";

const NOTEMILL = resolve("notemill");
const PAPERMILL = join(PEERS, "bin", "papermill");

const NBCLIENT = `
import sys, time, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
begun = time.perf_counter()
NotebookClient(notebook, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
print(time.perf_counter() - begun)
`;

/** Rows that compare whole commands. */
export function commandRows(directory: string): readonly BenchmarkRow[] {
  const output = (name: string): string => join(directory, name);
  const ours = (input: string) => (): Promise<number> =>
    timeCommand(NOTEMILL, ["run", input, output("ours.ipynb"), "--no-progress-bar"]);
  const papermill = (input: string) => (): Promise<number> =>
    timeCommand(PAPERMILL, [input, output("papermill.ipynb"), "--no-progress-bar"]);

  return [
    {
      number: 1,
      name: "cold-run",
      work: "one-cell run, cold command, wall",
      peer: "papermill",
      bar: 0.45,
      unit: "s",
      async measure() {
        const input = await writeNotebook(directory, "one.ipynb", ["print('hello')"]);
        return inTurns(9, ours(input), papermill(input));
      },
    },
    {
      number: 3,
      name: "many-cells",
      work: "1,000-cell notebook with durable saves, wall",
      peer: "papermill",
      bar: 0.04,
      unit: "s",
      async measure(report) {
        const input = await writeNotebook(directory, "many.ipynb", manyCells());
        const samples = [await ours(input)(), await ours(input)()];
        report("papermill takes some minutes for this one");
        return { ours: samples, peer: [await papermill(input)()] };
      },
    },
    {
      number: 4,
      name: "many-cells-nbclient",
      work: "1,000-cell notebook with durable saves, wall",
      peer: "nbclient without saves",
      bar: 0.9,
      unit: "s",
      async measure() {
        const input = await writeNotebook(directory, "many.ipynb", manyCells());
        return inTurns(3, ours(input), () => pythonNumber(NBCLIENT, input, output("nbclient.ipynb")));
      },
    },
    {
      number: 6,
      name: "sweep",
      work: "sweep of 20 parameter sets, two at a time",
      peer: "papermill, one by one",
      bar: 0.1,
      unit: "s",
      async measure() {
        const input = await writeNotebook(directory, "sweep.ipynb", ["alpha = 0.1", "print(alpha)"]);
        const sets = Array.from({ length: 20 }, (_, index) => index / 10);
        const template = output("sweep-{index}.ipynb");
        const sweep = (): Promise<number> =>
          timeCommand(NOTEMILL, [
            "sweep",
            input,
            "--force",
            "--grid",
            `alpha=${sets.join(",")}`,
            "-j",
            "2",
            "--output-path",
            template,
          ]);
        const oneByOne = async (): Promise<number> => {
          let total = 0;
          for (const alpha of sets) {
            const args = [
              input,
              output("papermill.ipynb"),
              "--no-progress-bar",
              "-p",
              "alpha",
              String(alpha),
            ];
            total += await timeCommand(PAPERMILL, args);
          }
          return total;
        };
        return { ours: [await sweep(), await sweep(), await sweep()], peer: [await oneByOne()] };
      },
    },
    {
      number: 7,
      name: "memory",
      work: "peak memory of the executing process, 10 MB of outputs",
      peer: "papermill",
      bar: 1,
      unit: "MB",
      async measure() {
        const source = "for i in range(10):\n    print('x' * 1_000_000)";
        const input = await writeNotebook(directory, "output.ipynb", [
          source,
          ...Array.from({ length: 20 }, () => "1"),
        ]);
        return inTurns(
          3,
          () => peakMemory(NOTEMILL, ["run", input, output("ours.ipynb"), "--no-progress-bar"]),
          () => peakMemory(PAPERMILL, [input, output("papermill.ipynb"), "--no-progress-bar"]),
        );
      },
    },
  ];
}

function manyCells(): string[] {
  return Array.from({ length: 1000 }, (_, index) => `x = ${index}\nprint(x)`);
}
