import { readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recoverOutput } from "@notemill/executor";
import { withDirectory } from "../testing/run.ts";

/** A cell of an output notebook as a file has it. */
function cell(id: string, status: string, source: string): string {
  return JSON.stringify({
    cell_type: "code",
    execution_count: null,
    id,
    metadata: { papermill: { status }, tags: [] },
    outputs: [],
    source: [source],
  });
}

/** A line of the journal `j`: the cell has got a status. */
function line(entry: number, id: string, status: string, journal = "j"): string {
  const change = { id, metadata: { papermill: { status } } };
  return `${JSON.stringify({ journal, entry, change })}\n`;
}

/** An output notebook that says `running`, written by a process that is gone. */
function runningNotebook(entries: number, process: object = {}): string {
  const writer = {
    host: hostname(),
    pid: 2 ** 22 + 1,
    started: "2026-01-01T00:00:00.000Z",
    journal: "j",
    entries,
    ...process,
  };
  return `{"cells":[${cell("a", "completed", "1")},${cell("b", "running", "2")},${cell("c", "pending", "3")}],
    "metadata":{"notemill":{"run_id":"r","status":"running","process":${JSON.stringify(writer)}},"papermill":{"exception":null}},
    "nbformat":4,"nbformat_minor":5}`;
}

/** Recovers such a notebook beside such a journal; gives what was found, and the sources and statuses after. */
async function recover(notebook: string, journal: string): Promise<{ found: object; cells: string }> {
  return withDirectory(async (directory) => {
    const path = join(directory, "out.ipynb");
    await writeFile(path, notebook);
    await writeFile(join(directory, ".out.ipynb.journal"), journal);
    const found = await recoverOutput(path, () => "new");
    const after = JSON.parse(await readFile(path, "utf8")) as {
      cells: { source: string[] | string; metadata: { papermill?: { status: string } } }[];
    };
    const shown = after.cells.map(({ source, metadata }) => {
      return metadata.papermill ? `${String(source)}:${metadata.papermill.status}` : "marker";
    });
    return { found, cells: shown.join(" ") };
  });
}

describe("recoverOutput", () => {
  it("puts journaled cells in place and marks the cell that ran", async () => {
    const journal = line(4, "b", "completed") + line(5, "c", "running");
    const { found, cells } = await recover(runningNotebook(3), journal);
    expect(found).toMatchObject({
      state: "recovered",
      cellsRestored: 2,
      failure: { code: "RUN_LOST", cell_id: "c" },
    });
    expect(cells).toBe("marker 1:completed 2:completed marker 3:failed");
  });

  it("leaves out what was journaled before the file was saved", async () => {
    const journal = line(3, "a", "running");
    expect((await recover(runningNotebook(3), journal)).cells).toBe(
      "marker 1:completed marker 2:failed 3:pending",
    );
  });

  it("leaves out what an earlier writer journaled", async () => {
    const journal = line(4, "b", "completed", "earlier");
    expect((await recover(runningNotebook(3), journal)).found).toMatchObject({ cellsRestored: 0 });
  });

  it("leaves out a line that was cut short", async () => {
    const journal = line(4, "b", "completed").slice(0, -20);
    expect((await recover(runningNotebook(3), journal)).found).toMatchObject({ cellsRestored: 0 });
  });

  it("does not touch the notebook of a process that lives, or of another machine", async () => {
    const started = new Date(performance.timeOrigin).toISOString();
    const alive = await recover(runningNotebook(1, { pid: process.pid, started }), "");
    expect(alive.found).toEqual({ state: "running" });
    const elsewhere = await recover(runningNotebook(1, { host: "elsewhere.invalid" }), "");
    expect(elsewhere.found).toEqual({ state: "unknown", host: "elsewhere.invalid" });
    expect(elsewhere.cells).toBe("1:completed 2:running 3:pending");
  });

  it("tells a process id that was given to another process since", async () => {
    const reused = await recover(
      runningNotebook(1, { pid: process.pid, started: "2020-01-01T00:00:00.000Z" }),
      "",
    );
    expect(reused.found).toMatchObject({ state: "recovered" });
  });
});
