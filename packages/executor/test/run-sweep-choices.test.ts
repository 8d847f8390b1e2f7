import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSweep, type SweepChild, type SweepOptions, type SweepOutcome } from "@notemill/executor";
import { type Location, openLocation } from "@notemill/storage";
import { type Moto, startMoto } from "../../storage/testing/start-moto.ts";
import { code, pythonNotebook } from "../testing/notebooks.ts";
import { withDirectory } from "../testing/run.ts";

/** Fails for a negative n, and goes on for ever for a large one. */
const NOTEBOOK = pythonNotebook(
  code("n = 0", ["parameters"]),
  code("assert n >= 0"),
  code("while n >= 100: pass"),
);

/** Sweeps `n` in a directory; outputs are `1.ipynb`, `2.ipynb` and so on. */
function sweep(
  directory: string,
  values: readonly number[],
  options: Partial<SweepOptions> = {},
): Promise<SweepOutcome> {
  return runSweep({
    inputPath: "in.ipynb",
    outputPath: join(directory, "{index}.ipynb"),
    source: { notebook: NOTEBOOK, sha256: "0".repeat(64), warnings: [] },
    parameterSets: values.map((n) => new Map([["n", n]])),
    ...options,
  });
}

function states({ children }: { readonly children: readonly SweepChild[] }): string {
  return children.map(({ state }) => state).join(" ");
}

describe("failFast", () => {
  it("starts no run behind one that failed, and writes nothing for it", async () => {
    await withDirectory(async (directory) => {
      const outcome = await sweep(directory, [-1, 1, 2], { failFast: true });
      expect(states(outcome)).toBe("failed not_started not_started");
      expect(outcome.succeeded).toBe(false);
      expect(await readdir(directory)).toEqual(["1.ipynb"]);
    });
  });

  it("cancels the runs under way", async () => {
    await withDirectory(async (directory) => {
      const outcome = await sweep(directory, [100, -1, 1], { failFast: true, concurrency: 2 });
      expect(states(outcome)).toBe("cancelled failed not_started");
    });
  });

  it("is not the default", async () => {
    await withDirectory(async (directory) => {
      const outcome = await sweep(directory, [-1, 1]);
      expect(states(outcome)).toBe("failed succeeded");
      expect(outcome.children[0]?.outcome?.failure).toMatchObject({ code: "CELL_FAILED", cell_id: "c1" });
    });
  });
});

describe("keepSucceeded", () => {
  it("does again what failed, what got other parameters, and what is of another source", async () => {
    await withDirectory(async (directory) => {
      expect(states(await sweep(directory, [1, -1, 2]))).toBe("succeeded failed succeeded");

      const started: number[] = [];
      const again = await sweep(directory, [1, -1, 3], {
        keepSucceeded: true,
        onEvent(event) {
          if (event.type === "child-started") started.push(event.index);
        },
      });
      expect(states(again)).toBe("kept failed succeeded");
      expect(started).toEqual([1, 2]);
      expect(again.children[0]?.outcome).toMatchObject({ status: "succeeded" });

      const source = { notebook: NOTEBOOK, sha256: "1".repeat(64), warnings: [] };
      expect(states(await sweep(directory, [1], { keepSucceeded: true, source }))).toBe("succeeded");
    });
  });

  it("is not the default", async () => {
    await withDirectory(async (directory) => {
      await sweep(directory, [1]);
      expect(states(await sweep(directory, [1], { overwrite: true }))).toBe("succeeded");
    });
  });
});

describe("output notebooks that are there", () => {
  it("are neither replaced nor mixed with others unasked: nothing is started or made", async () => {
    await withDirectory(async (directory) => {
      await sweep(directory, [1, 2]);
      const before = await readFile(join(directory, "2.ipynb"), "utf8");
      const started: string[] = [];
      const again = sweep(directory, [3, 4, 5], { onEvent: ({ type }) => started.push(type) });
      await expect(again).rejects.toMatchObject({
        code: "SWEEP_OUTPUT_EXISTS",
        message: expect.stringContaining("(and 1 more) is there already") as string,
        details: { path: join(directory, "1.ipynb"), count: 2 },
      });
      expect(started).toEqual([]);
      expect(await readdir(directory)).toEqual(["1.ipynb", "2.ipynb"]);
      expect(await readFile(join(directory, "2.ipynb"), "utf8")).toBe(before);

      expect(states(await sweep(directory, [3, 4, 5], { overwrite: true }))).toBe(
        "succeeded succeeded succeeded",
      );
    });
  });
});

describe("output notebooks in a bucket", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(async () => {
    await moto[Symbol.asyncDispose]();
  });

  it("are not replaced unasked either", async () => {
    const open = (name: string): Location => openLocation(name, { s3: moto.options });
    const inBucket = { outputPath: `s3://${moto.bucket}/swept/{index}.ipynb`, openLocation: open };
    expect(states(await sweep("", [1, 2], inBucket))).toBe("succeeded succeeded");
    await expect(sweep("", [3, 4, 5], inBucket)).rejects.toMatchObject({
      code: "SWEEP_OUTPUT_EXISTS",
      details: { path: `s3://${moto.bucket}/swept/1.ipynb`, count: 2 },
    });
    await expect(open(`s3://${moto.bucket}/swept/3.ipynb`).read()).rejects.toMatchObject({
      code: "STORAGE_NOT_FOUND",
    });
    expect(states(await sweep("", [3], { ...inBucket, overwrite: true }))).toBe("succeeded");
  });
});

describe("output paths", () => {
  it("are refused where two runs would write the same file, before anything is made", async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, "made", "{n}.ipynb");
      await expect(sweep(directory, [1, 2, 1], { outputPath: path })).rejects.toMatchObject({
        code: "SWEEP_PATHS_CLASH",
        details: { path: join(directory, "made", "1.ipynb") },
      });
      expect(await readdir(directory)).toEqual([]);
    });
  });

  it("may have braces that are no field, and directories that are not there yet", async () => {
    await withDirectory(async (directory) => {
      const outcome = await sweep(directory, [1], { outputPath: join(directory, "{{a}}", "{n:02d}.ipynb") });
      expect(outcome.succeeded).toBe(true);
      expect(await readdir(join(directory, "{a}"))).toEqual(["01.ipynb"]);
    });
  });
});
