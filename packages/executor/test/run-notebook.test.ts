import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeJson } from "@notemill/json";
import { type Clock, runNotebook, systemClock } from "@notemill/executor";
import { startKernel } from "@notemill/kernel";
import { openLocation } from "@notemill/storage";
import { code, markdown, pythonNotebook } from "../testing/notebooks.ts";
import { papermillOf, printed, run, statuses, withDirectory } from "../testing/run.ts";

describe("runNotebook", () => {
  it("injects parameters behind the parameters cell and runs every cell", async () => {
    const notebook = pythonNotebook(
      code("alpha = 0.1", ["parameters"]),
      markdown("# Report"),
      code("print(alpha)"),
      code("alpha * 2"),
    );
    const { outcome, saved } = await run(notebook, { parameters: new Map([["alpha", 0.6]]) });

    expect(outcome.status).toBe("succeeded");
    expect(saved.cells.map(({ source }) => source)).toEqual([
      "alpha = 0.1",
      "# Parameters\nalpha = 0.6\n",
      "# Report",
      "print(alpha)",
      "alpha * 2",
    ]);
    expect(printed(saved)).toEqual(["", "", "", "0.6\n", "<execute_result>"]);
    expect(statuses(saved)).toBe("completed completed completed completed completed");
    expect(papermillOf(saved)).toMatchObject({ exception: null, parameters: { alpha: 0.6 } });
    expect(saved.metadata["language_info"]).toMatchObject({ name: "python" });
  });

  it("stops at a failing cell, marks it, and leaves the rest pending", async () => {
    const notebook = pythonNotebook(code("x = 1"), code("1 / 0"), code("print('never')"));
    const { outcome, saved } = await run(notebook);

    expect(outcome).toMatchObject({
      status: "failed",
      failure: { code: "CELL_FAILED", ename: "ZeroDivisionError", cell_id: "c1", cell_index: 1 },
    });
    expect(statuses(saved)).toBe("marker completed marker failed pending");
    expect(saved.cells[0]?.source).toContain(`<a href="#papermill-error-cell">In [2]</a>`);
    expect(papermillOf(saved)["exception"]).toBe(true);
  });

  it("takes an exception that a tag allows for success", async () => {
    const { outcome, saved } = await run(
      pythonNotebook(code("1 / 0", ["raises-exception"]), code("print('on')")),
    );
    expect(outcome.status).toBe("succeeded");
    expect(printed(saved)).toEqual(["<error>", "on\n"]);
  });

  it("ends early and well on sys.exit(0), and fails on sys.exit(3)", async () => {
    const early = await run(pythonNotebook(code("import sys; sys.exit(0)"), code("print('never')")));
    expect(early.outcome.status).toBe("succeeded");
    expect(statuses(early.saved)).toBe("failed pending");
    const failed = await run(pythonNotebook(code("import sys; sys.exit(3)")));
    expect(failed.outcome).toMatchObject({ status: "failed", failure: { ename: "SystemExit", evalue: "3" } });
  });

  it("sends neither blank cells nor cells tagged skip-execution", async () => {
    const { saved } = await run(
      pythonNotebook(code("  \n"), code("1 / 0", ["skip-execution"]), code("print(1)")),
    );
    expect(statuses(saved)).toBe("completed completed completed");
    expect(saved.cells[2]).toMatchObject({ execution_count: 1 });
  });

  it("fails a run whose cell shows an error that no reply tells of", async () => {
    const quiet = "try:\n    1 / 0\nexcept ZeroDivisionError:\n    get_ipython().showtraceback()";
    const { outcome, saved } = await run(pythonNotebook(code(quiet), code("print('on')")));
    expect(outcome).toMatchObject({
      status: "failed",
      failure: { ename: "ZeroDivisionError", cell_id: "c0" },
    });
    expect(printed(saved).at(-1)).toBe("on\n");
  });

  it("says that a cell timed out, and where it was", async () => {
    const slow = "print('begun', flush=True)\nimport time\ntime.sleep(600)";
    const { outcome, saved } = await run(pythonNotebook(code(slow), code("1")), { cellTimeoutMs: 2000 });
    expect(outcome).toMatchObject({
      status: "timed_out",
      failure: { code: "CELL_TIMED_OUT", cell_id: "c0" },
    });
    expect(statuses(saved)).toBe("marker marker failed pending");
    expect(printed(saved)[2]).toBe("begun\n<error>");
  });

  it("says that the whole run timed out, and in which cell", async () => {
    const notebook = pythonNotebook(code("x = 1"), code("import time; time.sleep(600)"), code("1"));
    let timeIsUp = (): void => undefined;
    const clock: Clock = {
      ...systemClock,
      after(ms, callback) {
        if (ms !== 77_000) return systemClock.after(ms, callback);
        timeIsUp = callback;
        return () => undefined;
      },
    };
    const { outcome, saved } = await run(notebook, {
      clock,
      runTimeoutMs: 77_000,
      onEvent: (event) => event.type === "cell-started" && event.cell_index === 1 && timeIsUp(),
    });
    expect(outcome).toMatchObject({ status: "timed_out", failure: { code: "RUN_TIMED_OUT", cell_id: "c1" } });
    expect(statuses(saved)).toBe("marker completed marker failed pending");
  });

  it("says that it was cancelled, and saves what there is", async () => {
    const stop = new AbortController();
    const notebook = pythonNotebook(
      code("print('begun', flush=True)\nimport time; time.sleep(600)"),
      code("1"),
    );
    const { outcome, saved } = await run(notebook, {
      signal: stop.signal,
      onEvent: ({ type }) => type === "cell-output" && stop.abort("SIGINT"),
    });
    expect(outcome).toMatchObject({ status: "cancelled", failure: { code: "RUN_CANCELLED", cell_id: "c0" } });
    expect(printed(saved)[2]).toContain("begun\n");
    expect(saved.metadata["notemill"]).toMatchObject({ status: "cancelled" });
  });

  it("says of each cell that the kernel has begun that it was begun, wherever a cancel falls", async () => {
    await withDirectory(async (directory) => {
      const ran = join(directory, "ran");
      const notebook = pythonNotebook(
        code("x = 1"),
        code(`open(${JSON.stringify(ran)}, "w").close()\nimport time; time.sleep(600)`),
        code("1"),
      );
      const stop = new AbortController();
      const { outcome, saved } = await run(notebook, {
        signal: stop.signal,
        onEvent: (event) => event.type === "cell-finished" && event.cell_index === 0 && stop.abort("SIGINT"),
      });
      expect(outcome.status).toBe("cancelled");
      const [first, second, third] = statuses(saved).replaceAll("marker ", "").split(" ");
      expect([first, third]).toEqual(["completed", "pending"]);
      const hasRun = (await readdir(directory)).includes("ran");
      expect(hasRun ? ["failed"] : ["failed", "pending"]).toContain(second);
    });
  });

  it("says that the kernel died, and in which cell", async () => {
    const notebook = pythonNotebook(
      code("x = 1"),
      code("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
      code("1"),
    );
    const { outcome, saved } = await run(notebook);
    expect(outcome).toMatchObject({ status: "failed", failure: { code: "KERNEL_DIED", cell_id: "c1" } });
    expect(statuses(saved)).toBe("marker completed marker failed pending");
    expect(papermillOf(saved)["exception"]).toBe(true);
  });

  it("says that the kernel did not start", async () => {
    // One from the pool may be there in time.
    const { outcome, saved } = await run(pythonNotebook(code("1")), { startTimeoutMs: 1, startKernel });
    expect(outcome).toMatchObject({ status: "timed_out", failure: { code: "KERNEL_START_TIMED_OUT" } });
    expect(statuses(saved)).toBe("pending");
    expect(papermillOf(saved)["exception"]).toBe(true);
  });

  it("fails on a check that does not hold", async () => {
    const payload = `{"name": "rows", "data": {"type": "notemill.check", "version": 1, "ok": False, "severity": "error", "message": "3 rows are missing", "details": {}}, "encoder": "json", "version": 1}`;
    const glue = `from IPython.display import display\ndisplay({"application/scrapbook.scrap.json+json": ${payload}}, raw=True, metadata={"scrapbook": {"name": "rows", "data": True, "display": False}})`;
    const { outcome } = await run(pythonNotebook(code(glue), code("print('on')")));
    expect(outcome).toMatchObject({
      status: "failed",
      failure: {
        code: "CHECK_FAILED",
        message: `the check "rows" did not hold: 3 rows are missing`,
        cell_id: "c0",
      },
    });
  });
});

describe("outputs", () => {
  it("merges the pieces of a stream and keeps the order of different ones", async () => {
    const source =
      "import sys\nfor i in range(3): print(i, flush=True)\nprint('e', file=sys.stderr, flush=True)\nprint(4)";
    const { saved } = await run(pythonNotebook(code(source)));
    expect(saved.cells[0]).toMatchObject({
      outputs: [
        { output_type: "stream", name: "stdout", text: "0\n1\n2\n" },
        { output_type: "stream", name: "stderr", text: "e\n" },
        { output_type: "stream", name: "stdout", text: "4\n" },
      ],
    });
  });

  it("updates a display in whichever cell shows it", async () => {
    const { saved } = await run(
      pythonNotebook(
        code("from IPython.display import display\nhandle = display('old', display_id='d')"),
        code("handle.update('new')"),
      ),
    );
    expect(saved.cells[0]).toMatchObject({ outputs: [{ data: { "text/plain": "'new'" } }] });
    expect(saved.cells[1]).toMatchObject({ outputs: [] });
  });

  it("clears at once, or when the next output comes", async () => {
    const { saved } = await run(
      pythonNotebook(
        code("from IPython.display import clear_output\nprint(1, flush=True); clear_output(); print(2)"),
        code("print(1, flush=True); clear_output(wait=True); print(2)"),
        code("print(1, flush=True); clear_output(wait=True)"),
      ),
    );
    expect(printed(saved)).toEqual(["2\n", "2\n", "1\n"]);
  });

  it("gives what a background thread prints later to the cell that started it", async () => {
    const { saved } = await run(
      pythonNotebook(
        code(
          "import threading\ngo = threading.Event()\ndef late():\n    go.wait()\n    print('late', flush=True)\nthread = threading.Thread(target=late); thread.start()",
        ),
        code("go.set(); thread.join()"),
      ),
    );
    expect(printed(saved).join("")).toBe("late\n");
  });

  it("keeps numbers as the kernel sent them", async () => {
    const source =
      "from IPython.display import display\ndisplay({'application/vnd.x+json': {'a': 1.0, 'b': 12345678901234567890}}, raw=True)";
    const { saved } = await run(pythonNotebook(code(source)));
    const [cell] = saved.cells;
    const output = cell?.cell_type === "code" ? cell.outputs[0] : undefined;
    expect(output).toMatchObject({
      data: { "application/vnd.x+json": { text: expect.stringContaining("12345678901234567890") } },
    });
    expect(output).toMatchObject({
      data: { "application/vnd.x+json": { text: expect.stringContaining("1.0") } },
    });
  });

  it("records the state of widgets", async () => {
    const source = `from comm import create_comm
comm = create_comm("jupyter.widget", comm_id="w1", data={"state": {"_model_name": "IntSlider", "_model_module": "m", "_model_module_version": "2", "value": 1}, "buffer_paths": []})
comm.send({"method": "update", "state": {"value": 7}, "buffer_paths": []})`;
    const { saved } = await run(pythonNotebook(code(source)));
    expect(JSON.parse(encodeJson(saved.metadata["widgets"] ?? null))).toMatchObject({
      "application/vnd.jupyter.widget-state+json": {
        version_major: 2,
        state: { w1: { model_name: "IntSlider", state: { value: 7 } } },
      },
    });
  });

  it("keeps head and tail of a flood and spills the middle to a file", async () => {
    await withDirectory(async (directory) => {
      const { notebook } = await runNotebook({
        inputPath: "in.ipynb",
        outputPath: join(directory, "out.ipynb"),
        source: {
          notebook: pythonNotebook(code("for i in range(20000): print('line', i)")),
          sha256: "",
          warnings: [],
        },
        outputLimits: { streamLength: 20_000, richLength: 1000, count: 100 },
      });
      const [text = ""] = printed(notebook);
      expect(text).toMatch(/^line 0\nline 1\n/);
      expect(text).toMatch(/line 19999\n$/);
      expect(text).toMatch(
        /\[notemill\] [\d,]+ characters of output are left out here; they are in out\.outputs\/c0\.txt/,
      );
      expect(text.length).toBeLessThan(200_000);
      expect(await readdir(directory)).toEqual(["out.ipynb", "out.outputs"]);
    });
  });

  it("ends the kernel while it saves", async () => {
    const ended = Promise.withResolvers<void>();
    const { outcome, saved } = await run(pythonNotebook(code("print('done')")), {
      saveIntervalMs: null,
      async startKernel(options) {
        const kernel = await startKernel(options);
        const shutdown = kernel.shutdown.bind(kernel);
        kernel.shutdown = (how) => shutdown(how).then(ended.resolve);
        return kernel;
      },
      openLocation: (path) => ({
        ...openLocation(path),
        async write(chunks, options) {
          await ended.promise;
          await openLocation(path).write(chunks, options);
        },
      }),
    });
    expect(outcome.status).toBe("succeeded");
    expect(printed(saved)).toEqual(["done\n"]);
  });
});

describe("a run that cannot begin", () => {
  it("names the working directory that is missing", async () => {
    await expect(run(pythonNotebook(), { cwd: "/no/such/directory" })).rejects.toMatchObject({
      code: "WORKING_DIRECTORY_MISSING",
      details: { cwd: "/no/such/directory" },
    });
  });

  it.each([
    ["an unknown kernel", { kernelName: "no-such-kernel" }, "KERNELSPEC_NOT_FOUND"],
    [
      "an output directory that is not there",
      { outputPath: "/no/such/directory/out.ipynb" },
      "STORAGE_NO_DIRECTORY",
    ],
    [
      "a parameter that is no identifier",
      { parameters: new Map([["import os", 1]]) },
      "PARAMETER_NAME_INVALID",
    ],
    ["a path field without a parameter", { outputPath: "out-{missing}.ipynb" }, "PARAMETER_MISSING"],
  ])("refuses %s, writes nothing and starts nothing", async (_what, options, errorCode) => {
    await withDirectory(async (directory) => {
      const running = runNotebook({
        inputPath: "in.ipynb",
        outputPath: join(directory, "out.ipynb"),
        source: { notebook: pythonNotebook(code("1")), sha256: "", warnings: [] },
        ...options,
      });
      await expect(running).rejects.toMatchObject({ code: errorCode });
      expect(await readdir(directory)).toEqual([]);
    });
  });
});
