import { join } from "node:path";
import { runNotebook } from "@notemill/executor";
import {
  createKernelPool,
  findKernelspec,
  findKernelspecs,
  type Kernel,
  startKernel,
} from "@notemill/kernel";
import { bareDrain } from "./bare-drain.ts";
import { pythonNumber } from "./command.ts";
import { writeNotebook } from "./notebooks.ts";
import { type BenchmarkRow, inTurns } from "./row.ts";

const PAPERMILL_LIBRARY = `
import sys, time, papermill
begun = time.perf_counter()
papermill.execute_notebook(sys.argv[1], sys.argv[2], parameters={"alpha": 0.6}, progress_bar=False)
print((time.perf_counter() - begun) * 1000)
`;

const PRINTS = "for i in range(20000):\n    print(i, flush=True)";

/** Rows that compare calls of the library. */
export function libraryRows(directory: string): readonly BenchmarkRow[] {
  return [
    {
      number: 2,
      name: "warm-run",
      work: "one-cell run on a warm pool, request to recorded result",
      peer: "papermill as a library, already imported",
      bar: 0.06,
      unit: "ms",
      async measure() {
        const input = await writeNotebook(directory, "warm.ipynb", ["alpha = 0.1", "print(alpha)"]);
        await using pool = createKernelPool();
        const ours = async (): Promise<number> => {
          const begun = performance.now();
          const { status, failure } = await runNotebook({
            inputPath: input,
            outputPath: join(directory, "warm-out.ipynb"),
            parameters: new Map([["alpha", 0.6]]),
            startKernel: pool.acquire,
          });
          if (status !== "succeeded")
            throw new Error(`the run ended as ${status}: ${failure?.message ?? ""}`);
          return performance.now() - begun;
        };
        for (let i = 0; i < 3; i++) await ours();
        return await inTurns(9, ours, () =>
          pythonNumber(PAPERMILL_LIBRARY, input, join(directory, "papermill.ipynb")),
        );
      },
    },
    {
      number: 5,
      name: "prints",
      work: "20,000 flushed prints, request to idle",
      peer: "a bare ZeroMQ drain of the same kernel",
      bar: 1.15,
      unit: "ms",
      async measure() {
        const input = await writeNotebook(directory, "prints.ipynb", [PRINTS]);
        const kernel = await coldKernel();
        try {
          return await inTurns(
            7,
            () => executorDrain(input, kernel, directory),
            () => bareDrain(kernel.connectionFile, PRINTS),
          );
        } finally {
          await kernel.shutdown({ mode: "immediate" });
        }
      },
    },
    {
      number: 8,
      name: "warm-start",
      work: "kernel ready from the warm pool",
      peer: "cold ipykernel start",
      bar: 0.15,
      unit: "ms",
      async measure() {
        await using pool = createKernelPool();
        const timed = async (start: typeof startKernel): Promise<number> => {
          const begun = performance.now();
          const kernel = await start(await startOptions());
          const took = performance.now() - begun;
          await kernel.shutdown({ mode: "immediate" });
          return took;
        };
        for (let i = 0; i < 3; i++) await timed(pool.acquire);
        return await inTurns(
          15,
          () => timed(pool.acquire),
          () => timed(startKernel),
        );
      },
    },
  ];
}

async function startOptions(): Promise<Parameters<typeof startKernel>[0]> {
  return {
    kernelspec: findKernelspec(await findKernelspecs(), "python3"),
    cwd: process.cwd(),
    env: process.env,
  };
}

async function coldKernel(): Promise<Kernel> {
  return startKernel(await startOptions());
}

/** Runs the notebook with a kernel that stays alive, so that only the execution is timed. */
async function executorDrain(input: string, kernel: Kernel, directory: string): Promise<number> {
  const kept = withoutEnd(kernel);
  let begun = 0;
  let took = 0;
  const { status, failure } = await runNotebook({
    inputPath: input,
    outputPath: join(directory, "prints-out.ipynb"),
    startKernel: async () => kept,
    onEvent(event) {
      if (event.type === "cell-started") begun = performance.now();
      if (event.type === "cell-finished") took = performance.now() - begun;
    },
  });
  if (status !== "succeeded") throw new Error(`the run ended as ${status}: ${failure?.message ?? ""}`);
  return took;
}

/** The same kernel, which nobody but this benchmark can end. */
function withoutEnd(kernel: Kernel): Kernel {
  return new Proxy(kernel, {
    get(target, key) {
      if (key === "shutdown") return async () => undefined;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
