import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue, parseJson, RawJson } from "@notemill/json";
import { startKernel } from "@notemill/kernel";
import type { Notebook } from "@notemill/nbformat";
import type { RunNotebookOptions } from "@notemill/executor";
import { code, pythonNotebook } from "../testing/notebooks.ts";
import { printed, run, withDirectory } from "../testing/run.ts";

const PYTHON = join(resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers"), "bin", "python");

/** Runs cells where ipywidgets is installed. `out` is there. */
function runCells(sources: readonly string[], options: Partial<RunNotebookOptions> = {}) {
  const begin = "import ipywidgets\nfrom IPython.display import display\nout = ipywidgets.Output()";
  return run(pythonNotebook(...[begin, ...sources].map((source) => code(source))), {
    ...options,
    startKernel: ({ kernelspec, ...rest }) =>
      startKernel({ ...rest, kernelspec: { ...kernelspec, argv: [PYTHON, ...kernelspec.argv.slice(1)] } }),
  });
}

/** What the one Output widget of a notebook shows: its text, and `<type>` for other outputs. */
function shown(notebook: Notebook): string {
  const { widgets } = notebook.metadata;
  const raw = isJsonObject(widgets) ? widgets["application/vnd.jupyter.widget-state+json"] : undefined;
  const all = raw instanceof RawJson ? parseJson(raw.text) : undefined;
  const models = isJsonObject(all) && isJsonObject(all["state"]) ? Object.values(all["state"]) : [];
  const model = models.find((it) => isJsonObject(it) && it["model_name"] === "OutputModel");
  const outputs = isJsonObject(model) && isJsonObject(model["state"]) ? model["state"]["outputs"] : [];
  return (Array.isArray(outputs) ? outputs : []).map((it: JsonValue) => textOf(it as JsonObject)).join("");
}

function textOf({ text, output_type: type }: JsonObject): string {
  return typeof text === "string" ? text : `<${String(type)}>`;
}

describe("an Output widget of ipywidgets", () => {
  it("takes what is printed in it, and the kernel knows of it in the next cell", async () => {
    const { saved, events } = await runCells([
      "print('before')\nwith out:\n    print('inside')\nprint('after')",
      "print(out.outputs[0]['text'])",
    ]);
    expect(printed(saved)).toEqual(["", "before\nafter\n", "inside\n\n"]);
    expect(shown(saved)).toBe("inside\n");
    expect(events.flatMap((it) => (it.type === "cell-output" ? [it.output] : []))).not.toContainEqual(
      expect.objectContaining({ text: "inside\n" }),
    );
  });

  it("shows an exception in it, which the kernel takes for handled", async () => {
    const { saved, outcome } = await runCells(["with out:\n    1 / 0\nprint('on')"]);
    expect([outcome.status, shown(saved)]).toEqual(["succeeded", "<error>"]);
    expect(printed(saved)[1]).toBe("on\n");
  });

  it("has updates of what is displayed in it", async () => {
    const { saved } = await runCells([
      "with out:\n    shown = display('old', display_id='one')",
      "shown.update('new')",
      "print(out.outputs[0]['data']['text/plain'])",
    ]);
    expect(printed(saved)[3]).toBe("'new'\n");
  });

  it("goes on behind what was appended to it", async () => {
    const { saved } = await runCells([
      "out.append_stdout('appended ')",
      "with out:\n    print('printed')",
      "out.outputs = ()",
      "with out:\n    print('anew')",
    ]);
    expect(shown(saved)).toBe("anew\n");
  });

  it("does not hide a check that did not hold", async () => {
    const data = `{"type": "notemill.check", "version": 1, "ok": False, "severity": "error", "message": None, "details": None}`;
    const scrap = `{"name": "rows", "data": ${data}, "encoder": "json", "version": 1}`;
    const check = `display({"application/scrapbook.scrap.json+json": ${scrap}}, raw=True)`;
    const { saved, outcome } = await runCells([`with out:\n    ${check}\n    print('inside')`]);
    expect(outcome.failure).toMatchObject({ code: "CHECK_FAILED", cell_id: "c1" });
    expect([printed(saved).join(""), shown(saved)]).toEqual(["<display_data>", "inside\n"]);
  });

  it("is limited like a cell, and what it has no room for is spilled", async () => {
    await withDirectory(async (directory) => {
      const outputPath = join(directory, "bounded.ipynb");
      const { saved } = await runCells(["with out:\n    for i in range(20000): print(f'{i:09}')"], {
        outputPath,
        outputLimits: { streamLength: 20_000 },
      });
      const text = shown(saved);
      expect(text.length).toBeLessThan(25_000);
      const path = /are in (bounded\.outputs\/\w+\.txt)/.exec(text)?.[1] ?? "";
      const [head = "", tail = ""] = text.split(/\n\[notemill\].*\n/);
      const spilled = await readFile(join(directory, path), "utf8");
      expect((head + spilled + tail).split("\n").length).toBe(20_001);
    });
  });
});
